package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An import and how far it is. Counts are of rows or records; {@code refused} ones are listed by line. */
public record ImportView(
        UUID id,
        ImportKind kind,
        ImportState state,
        String fileName,
        long totalBytes,
        long readBytes,
        int read,
        int created,
        int updated,
        int unchanged,
        int refused,
        String message,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** How much of the file has been read, 0 to 100. */
    public int percent() {
        if (state == ImportState.DONE) {
            return 100;
        }
        return totalBytes == 0 ? 0 : (int) Math.min(99, readBytes * 100 / totalBytes);
    }

    /** Whether it still moves. */
    public boolean underWay() {
        return state == ImportState.QUEUED || state == ImportState.RUNNING;
    }
}

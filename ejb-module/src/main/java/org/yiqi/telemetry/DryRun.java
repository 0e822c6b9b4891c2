package org.yiqi.telemetry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule would have done over past readings. */
public record DryRun(long readings, List<Episode> episodes) {

    public DryRun {
        episodes = List.copyOf(episodes);
    }

    /** An alert that would have been raised. */
    public record Episode(
            Instant since, Instant activatedAt, @Nullable Instant recoveredAt, double peakValue) {}
}

package org.yiqi.shared.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a walk through the whole log found.
 *
 * @param root the tree's root over {@code size} entries, in hex: compare it with one noted earlier
 * @param fault the first row that is not as it was written, or null
 */
public record AuditVerdict(
        boolean intact,
        long size,
        long waiting,
        String root,
        @Nullable Instant anchoredAt,
        Instant checkedAt,
        @Nullable Fault fault) {

    /**
     * A row that was tampered with.
     *
     * @param kind CHANGED, DELETED, INSERTED or REORDERED
     */
    public record Fault(
            String kind, @Nullable Long position, @Nullable Long entry, String found) {}
}

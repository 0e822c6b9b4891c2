package org.yiqi.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a walk through the whole evidence log found.
 *
 * @param size how many leaves were recomputed
 * @param waiting how many wait for their place
 * @param rootsCompared how many anchored roots were compared, with the log and with their acts
 * @param root the root over {@code size} leaves, in hexadecimal: compare it with one noted earlier
 * @param fault the first row that is not as it was written, or null
 */
public record EvidenceVerdict(
        boolean intact,
        long size,
        long waiting,
        long rootsCompared,
        String root,
        @Nullable Instant anchoredAt,
        Instant checkedAt,
        @Nullable Fault fault) {

    /**
     * A row that was tampered with.
     *
     * @param kind CHANGED, DELETED, INSERTED or REORDERED
     * @param table schema and table
     * @param of what the leaf is about, such as {@code audit:17}
     */
    public record Fault(
            String kind, String table, String row, @Nullable Long leaf, String of, String found) {}
}

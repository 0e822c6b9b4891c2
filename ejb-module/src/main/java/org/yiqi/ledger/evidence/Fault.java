package org.yiqi.ledger.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A row that is not as the log says.
 *
 * @param table schema and table
 * @param row its key
 * @param leaf the leaf that tells, if one does
 * @param of what the leaf is about, such as {@code audit:17}
 */
public record Fault(
        Kind kind, String table, String row, @Nullable Long leaf, String of, String found) {

    /** How a row can differ. */
    public enum Kind {
        CHANGED,
        DELETED,
        INSERTED,
        REORDERED
    }
}

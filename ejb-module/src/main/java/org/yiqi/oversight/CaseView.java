package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case that somebody has to look at.
 *
 * @param kind ROW_CHANGED, ROW_MISSING, ROW_UNKNOWN or ACT_REFUSED
 * @param table schema and table of the row
 * @param column which column differs, or empty for the whole row
 * @param expected what the ledger says
 * @param found what was there
 * @param conclusion what was found out, once closed
 */
public record CaseView(
        UUID id,
        long version,
        String kind,
        String table,
        String rowId,
        String column,
        String expected,
        String found,
        String subject,
        String state,
        Instant openedAt,
        @Nullable Instant closedAt,
        String conclusion) {}

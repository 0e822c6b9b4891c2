package org.yiqi.oversight;

import java.time.Instant;
import java.util.List;

/**
 * What was recomputed about some subjects, and what was found.
 *
 * @param holds whether every comparison held
 * @param steps what the bundle's own check compared, in order
 * @param differences rows of the database that are not what the ledger says
 */
public record Verification(
        String subject,
        String notice,
        Instant checkedAt,
        boolean holds,
        List<Step> steps,
        List<Difference> differences) {

    /**
     * One comparison.
     *
     * @param check FOUNDING, DOCUMENTS, LINKS, HEADS, KNOWN_HEADS, ACTS, COMPLETENESS or ROWS
     * @param compared how many things were looked at
     * @param broken the first that does not hold, or empty
     */
    public record Step(String check, int compared, boolean holds, String broken) {}

    /** A row that differs: which column, what the ledger says, what is there. */
    public record Difference(String kind, String table, String rowId, String column, String expected, String found) {}
}

package org.yiqi.ledger;

/**
 * A row that is not what the ledger says it must be.
 *
 * @param table schema and table; {@code heads.jsonl} for the file outside the database
 * @param column which column, or empty for the whole row
 * @param expected what the ledger says
 * @param found what is there
 * @param subject whose chain it belongs to, or empty
 */
public record Finding(
        Kind kind, String table, String rowId, String column, String expected, String found, String subject) {

    /** How a row can differ. */
    public enum Kind {
        ROW_CHANGED,
        ROW_MISSING,
        ROW_UNKNOWN
    }

    static Finding changed(String table, String rowId, String column, String expected, String found, String subject) {
        return new Finding(Kind.ROW_CHANGED, table, rowId, column, brief(expected), brief(found), subject);
    }

    static Finding missing(String table, String rowId, String expected, String subject) {
        return new Finding(Kind.ROW_MISSING, table, rowId, "", brief(expected), "", subject);
    }

    private static String brief(String text) {
        return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
    }
}

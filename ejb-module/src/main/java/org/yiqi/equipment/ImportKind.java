package org.yiqi.equipment;

/** What a file brings in. */
public enum ImportKind {
    /** Device records of the US GUDID, XML or a zip of it, into the catalogue. */
    MODELS_GUDID,
    /** Models as a table. */
    MODELS_CSV,
    /** Units of the caller's organisation as a table, CSV or XLSX. */
    UNITS
}

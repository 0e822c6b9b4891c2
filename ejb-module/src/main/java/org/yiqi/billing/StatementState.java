package org.yiqi.billing;

/** Where a statement stands. */
public enum StatementState {
    /** Drawn up from what was measured, when the unit came back. */
    METERED,
    /** The rental is closed: it can be invoiced. */
    AGREED,
    INVOICED,
    PARTIALLY_PAID,
    PAID
}

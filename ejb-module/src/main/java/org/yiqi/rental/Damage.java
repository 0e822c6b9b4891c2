package org.yiqi.rental;

/** What kind of damage it is; the act on the ledger says no more of it. */
public enum Damage {
    IMPACT,
    LIQUID,
    ELECTRICAL,
    MISSING_PART,
    CONTAMINATION,
    FUNCTION,
    OTHER
}

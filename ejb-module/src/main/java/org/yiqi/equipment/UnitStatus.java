package org.yiqi.equipment;

/** Where a unit stands in its life. Condition and custodian are facets of their own. */
public enum UnitStatus {
    /** Known to the platform, not yet tested for use. */
    REGISTERED,
    /** Installed and found to work; not yet given free. */
    COMMISSIONED,
    AVAILABLE,
    RESERVED,
    IN_USE,
    MAINTENANCE,
    /** Stopped by a recall, an alert or damage. */
    QUARANTINED,
    MISSING,
    /** On its way out: approved for disposal. */
    RETIRING,
    /** The end; the serial number stays taken for ever. */
    DISPOSED
}

package org.yiqi.rental;

/** What a piece of evidence in a case of damage is about. */
public enum LiabilityEvidenceKind {
    /** Who held the unit from when to when, and by which act. */
    CUSTODY,
    /** What a party found at a handover. */
    CONDITION,
    /** The sealed hours of the device in the interval. */
    TELEMETRY,
    /** Plans, what was overdue, and the orders of the interval. */
    MAINTENANCE,
    /** Whether the custodian had certified operators. */
    OPERATORS,
    /** What took the unit's time. */
    CALENDAR,
    PHOTO,
    /** What a party said, or that it was silent. */
    STATEMENT,
    REPAIR_QUOTE,
    ESTIMATE,
    /** What the unit was worth. */
    VALUE
}

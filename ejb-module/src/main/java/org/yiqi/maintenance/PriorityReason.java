package org.yiqi.maintenance;

/** A fact that raised a work order's risk or downtime score; shown to the person who triages. */
public enum PriorityReason {
    DANGER_REPORTED,
    CRITICAL_ALERT,
    LIFE_SUPPORT,
    HIGH_RISK_CLASS,
    LOW_RISK_CLASS,
    IN_USE_NOW,
    BOOKED_WITHIN_A_DAY,
    BOOKED_WITHIN_A_WEEK,
    NOT_BOOKED,
    PLANNED,
    SET_BY_PERSON
}

package org.yiqi.equipment;

/** How firm a place in the calendar is. All but {@link #RELEASED} keep others out. */
public enum SlotState {
    /** Kept for 15 minutes while a person fills in a form. */
    HELD,
    /** Applied for, until decided or until its review ends. */
    TENTATIVE,
    BOOKED,
    /** Used. */
    CONSUMED,
    /** Free again. */
    RELEASED
}

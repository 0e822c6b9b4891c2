package org.yiqi.equipment;

/** What takes a unit's time. */
public enum SlotUse {
    RENTAL,
    /** The owner's own patients. */
    CLINICAL,
    MAINTENANCE,
    TRANSPORT,
    RECALL,
    DISPOSAL
}

package org.yiqi.equipment;

/** What hangs on a unit: how soon it is repaired and whether it may be booked with maintenance overdue. */
public enum Criticality {
    LIFE_SUPPORT,
    HIGH,
    MEDIUM,
    LOW
}

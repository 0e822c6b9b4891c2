package org.yiqi.equipment;

/** How good a unit is, as last inspected. */
public enum Condition {
    NEW,
    GOOD,
    FAIR,
    POOR,
    DEFECTIVE
}

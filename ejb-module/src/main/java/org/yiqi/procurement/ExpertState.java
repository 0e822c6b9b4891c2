package org.yiqi.procurement;

/** How far an expert has come into the pool. */
public enum ExpertState {
    APPLIED,
    /** May be drawn. */
    ADMITTED,
    /** A regulator took them out, with a reason. */
    SUSPENDED,
    LEFT
}

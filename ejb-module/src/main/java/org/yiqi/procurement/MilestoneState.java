package org.yiqi.procurement;

/** The supplier reports a milestone, the buyer decides on it. */
public enum MilestoneState {
    SCHEDULED,
    REPORTED,
    MET,
    PARTIALLY_MET,
    NOT_MET
}

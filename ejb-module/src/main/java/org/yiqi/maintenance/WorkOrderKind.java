package org.yiqi.maintenance;

/** Why work is done: something failed, a plan says so, or a check of another order failed. */
public enum WorkOrderKind {
    CORRECTIVE,
    PREVENTIVE,
    FOLLOW_UP
}

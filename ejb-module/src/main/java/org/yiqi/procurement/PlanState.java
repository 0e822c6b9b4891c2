package org.yiqi.procurement;

/** A plan is drafted, goes up the ladder, and comes back with a reason or is approved. */
public enum PlanState {
    DRAFT,
    APPROVING,
    RETURNED,
    APPROVED,
    WITHDRAWN
}

package org.yiqi.maintenance;

import java.util.EnumSet;
import java.util.Set;

/** Where a work order stands; {@code WorkOrder} says which act leads from one to the next. */
public enum WorkOrderState {
    REQUESTED,
    TRIAGED,
    DISPATCHED,
    ACCEPTED,
    EN_ROUTE,
    IN_PROGRESS,
    WAITING_PARTS,
    WAITING_SITE,
    REPAIRED,
    VERIFIED,
    RELEASED,
    CLOSED,
    CANCELLED;

    /** The unit is back, or never went away: a new request for the same cause opens a new order. */
    public static final Set<WorkOrderState> ENDED = Set.copyOf(EnumSet.of(RELEASED, CLOSED, CANCELLED));

    /** The technician has the order and works, travels or waits. */
    public static final Set<WorkOrderState> WITH_TECHNICIAN =
            Set.copyOf(EnumSet.of(ACCEPTED, EN_ROUTE, IN_PROGRESS, WAITING_PARTS, WAITING_SITE));

    public boolean isEnded() {
        return ENDED.contains(this);
    }
}

package org.yiqi.rental;

import java.util.EnumSet;
import java.util.Set;

/** Where a rental stands. The order is that of the straight path; the last two end it early. */
public enum RentalState {
    /** Being filled in; the slot is held for a quarter of an hour. */
    DRAFT,
    /** Submitted; owner and platform have 24 hours to answer. */
    UNDER_REVIEW,
    /** Both said yes; the slot is booked. */
    APPROVED,
    /** On its way; the owner still answers for the unit. */
    DISPATCHED,
    /** Brought to the lessee; custody passes when both have signed. */
    DELIVERED,
    /** In the lessee's custody and use. */
    ACTIVE,
    /** As ACTIVE, past its end. */
    OVERDUE,
    /** Handed back by the lessee; custody returns when both have signed. */
    RETURNING,
    /** Back with the owner, who noted damage; who bears it is not settled. */
    LIABILITY_OPEN,
    /** Back with the owner; the statement is drawn up. */
    SETTLING,
    CLOSED,
    REJECTED,
    CANCELLED;

    /** The states in which the lessee, not the owner, holds the unit. */
    public static final Set<RentalState> WITH_LESSEE = EnumSet.of(ACTIVE, OVERDUE, RETURNING);

    public boolean over() {
        return this == CLOSED || this == REJECTED || this == CANCELLED;
    }
}

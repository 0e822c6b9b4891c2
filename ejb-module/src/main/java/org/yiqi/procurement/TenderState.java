package org.yiqi.procurement;

/** A tender is drafted, signed by the buyer and those who will open it, public, and then goes on or ends. */
public enum TenderState {
    DRAFT,
    SIGNING,
    ACTIVE,
    CANCELLED,
    UNSUCCESSFUL
}

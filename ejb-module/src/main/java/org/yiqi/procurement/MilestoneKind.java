package org.yiqi.procurement;

/** What a contract's milestone is about. */
public enum MilestoneKind {
    PREPAYMENT,
    PRODUCTION,
    SHIPPING,
    DELIVERY,
    INSTALLATION,
    ACCEPTANCE,
    WARRANTY
}

package org.yiqi.billing;

/** Where a deposit stands. */
public enum DepositState {
    /** All of it is with the owner. */
    HELD,
    /** A damage took a part; the rest is with the owner. */
    PART_CAPTURED,
    /** A damage took all of it. */
    CAPTURED,
    /** What no damage took went back. */
    RELEASED
}

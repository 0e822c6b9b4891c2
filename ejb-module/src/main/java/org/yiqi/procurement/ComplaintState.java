package org.yiqi.procurement;

/** What became of a complaint about an award notice. */
public enum ComplaintState {
    OPEN,
    DISMISSED,
    UPHELD,
    /** The bidder took it back. */
    WITHDRAWN,
    /** Another complaint about the same notice was upheld. */
    MOOT
}

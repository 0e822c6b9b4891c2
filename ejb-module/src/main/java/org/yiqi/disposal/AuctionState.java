package org.yiqi.disposal;

/** Where an auction stands; while it runs, its clock says more. */
public enum AuctionState {
    RUNNING,
    PAUSED,
    SOLD,
    ENDED
}

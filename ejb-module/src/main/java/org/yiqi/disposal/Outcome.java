package org.yiqi.disposal;

/** What the end, or the new beginning, is. */
public enum Outcome {
    DESTROYED,
    RECYCLED,
    REUSED,
    /** Taken apart by its owner: parts into the stock, the rest recycled. */
    DISMANTLED,
    /** Used on by another department or organisation. */
    REDEPLOYED,
    DONATED,
    /** Made good again and back in service. */
    REFURBISHED;

    /** Whether a recycler can certify it. */
    public boolean isRecyclers() {
        return this == DESTROYED || this == RECYCLED || this == REUSED;
    }
}

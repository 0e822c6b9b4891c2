package org.yiqi.disposal;

/** What can become of a unit, best first for people and the environment. */
public enum Way {
    KEEP,
    REDEPLOY,
    DONATE,
    REFURBISH,
    PARTS,
    AUCTION,
    RECYCLE;

    /** Whether a recycler gets the unit, by an auction. */
    public boolean isSale() {
        return this == AUCTION || this == RECYCLE;
    }

    /** Whether the unit may become another organisation's and is used on. */
    public boolean isPassedOn() {
        return this == REDEPLOY || this == DONATE;
    }
}

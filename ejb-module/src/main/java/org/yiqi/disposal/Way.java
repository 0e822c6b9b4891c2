package org.yiqi.disposal;

/** What can become of a unit, best first for people and the environment. */
public enum Way {
    KEEP,
    REDEPLOY,
    DONATE,
    REFURBISH,
    PARTS,
    AUCTION,
    RECYCLE
}

package org.yiqi.procurement;

/** What follows when a complaint is upheld. */
public enum Remedy {
    /** The buyer decides about the lot anew, without the bid whose award was withdrawn. */
    REDECIDE,
    /** The lot comes to nothing. */
    FAIL
}

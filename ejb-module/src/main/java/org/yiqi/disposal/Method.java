package org.yiqi.disposal;

/** A way to say what a unit is worth. */
public enum Method {
    /** What it cost, less straight-line depreciation. */
    BOOK,
    /** What devices of its class brought at auction. */
    COMPARABLES,
    /** What it would still earn, discounted. */
    INCOME,
    /** What its parts are worth. */
    PARTS
}

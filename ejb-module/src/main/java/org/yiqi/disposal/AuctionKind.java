package org.yiqi.disposal;

/** How an auction goes. */
public enum AuctionKind {
    /** Each bidder hands in a digest; amounts are told after the end. */
    SEALED,
    /** The price rises in public. */
    ENGLISH,
    /** The price falls until somebody takes it. */
    DUTCH
}

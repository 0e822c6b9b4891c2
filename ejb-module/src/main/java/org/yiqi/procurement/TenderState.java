package org.yiqi.procurement;

/** How far a tender has come. */
public enum TenderState {
    /** Written by the buyer; openers register their keys. */
    DRAFT,
    /** Waits for the signatures of the buyer and of all openers. */
    SIGNING,
    /** Published: bids are taken. */
    TENDERING,
    /** Closed on the ledger: no bid comes in or goes, none has been read. */
    SEALED,
    OPENED,
    EVALUATION,
    RANKED,
    AWARD_NOTICE,
    STANDSTILL,
    /** A complaint stops it until the regulator has decided. */
    SUSPENDED,
    AWARDED,
    CONTRACTED,
    FAILED,
    CANCELLED;

    /** Whether the public reads it. */
    public boolean isPublic() {
        return this != DRAFT && this != SIGNING;
    }
}

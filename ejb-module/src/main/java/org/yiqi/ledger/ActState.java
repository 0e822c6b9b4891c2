package org.yiqi.ledger;

/** Where an act is on its way. */
public enum ActState {
    /** Not all whom it binds have signed; it keeps its place in the subject's chain until it expires. */
    WAITING_SIGNATURE,
    /** Complete; the relay will take it to the ledger. */
    PENDING,
    /** On the ledger. */
    RECORDED,
    /** Refused by the ledger's rules; the subject is stopped and a case is open. */
    REJECTED,
    /** Never completed. */
    EXPIRED
}

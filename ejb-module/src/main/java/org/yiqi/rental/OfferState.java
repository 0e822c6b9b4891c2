package org.yiqi.rental;

/** Whether an offer can be found and applied for. WITHDRAWN is for ever; rentals made before keep their contract. */
public enum OfferState {
    DRAFT,
    PUBLISHED,
    PAUSED,
    WITHDRAWN
}

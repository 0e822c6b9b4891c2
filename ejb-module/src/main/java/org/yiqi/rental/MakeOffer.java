package org.yiqi.rental;

import java.util.UUID;

/** Offer a unit under a price list. */
public record MakeOffer(UUID unitId, UUID tariffId, OfferTerms terms) {}

package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;

/** An offer in a list. */
public record OfferRow(
        UUID id,
        long version,
        OfferState state,
        UUID unitId,
        String unitZh,
        String unitEn,
        String category,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        UUID tariffId,
        Instant from,
        Instant to,
        Instant createdAt) {}

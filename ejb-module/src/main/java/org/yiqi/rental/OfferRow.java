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
        Instant createdAt) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** In the language of the reader. */
    public String owner(String language) {
        return language.startsWith("zh") ? ownerZh : ownerEn;
    }
}

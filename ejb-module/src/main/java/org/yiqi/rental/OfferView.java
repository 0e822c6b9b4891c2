package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An offer with its price list, as anyone who finds it sees it. */
public record OfferView(
        UUID id,
        long version,
        OfferState state,
        UUID unitId,
        String unitZh,
        String unitEn,
        String category,
        String capability,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        String regionCode,
        @Nullable Double latitude,
        @Nullable Double longitude,
        OfferTerms terms,
        TariffView tariff,
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

package org.yiqi.procurement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product with all that its supplier says of it.
 *
 * @param rating the mean of the stars, 1 to 5; 0 without a review
 */
public record ProductView(
        UUID id,
        long version,
        UUID supplierId,
        String nameZh,
        String nameEn,
        String manufacturer,
        String category,
        String deviceClass,
        ProductTerms terms,
        ProductState state,
        int reviews,
        BigDecimal rating,
        Instant updatedAt,
        @Nullable Instant publishedAt) {

    public String name(String language) {
        return ProductRow.name(language, nameZh, nameEn);
    }
}

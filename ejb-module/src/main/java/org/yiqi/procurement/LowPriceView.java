package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question about an abnormally low price.
 *
 * @param reasons against what it is low: {@code MEAN}, {@code NEXT}
 * @param accepted null until the panel's chair has decided
 */
public record LowPriceView(
        UUID bid,
        UUID tenderId,
        UUID bidder,
        String lot,
        List<String> reasons,
        Instant answerUntil,
        String answer,
        @Nullable Instant answeredAt,
        @Nullable Boolean accepted,
        String decision) {

    public LowPriceView {
        reasons = List.copyOf(reasons);
    }
}

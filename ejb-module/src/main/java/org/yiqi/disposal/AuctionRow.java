package org.yiqi.disposal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** An auction in a list. */
public record AuctionRow(
        UUID id,
        String number,
        UUID unitId,
        UUID ownerId,
        String unitZh,
        String unitEn,
        String category,
        String condition,
        String regionCode,
        AuctionKind kind,
        AuctionState state,
        Amount start,
        @Nullable Amount best,
        Amount deposit,
        int bids,
        Instant opensAt,
        Instant closesAt) {

    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }
}

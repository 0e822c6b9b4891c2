package org.yiqi.disposal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** A disposal in a list. */
public record DisposalRow(
        UUID id,
        String number,
        UUID unitId,
        UUID organisationId,
        String unitZh,
        String unitEn,
        String assetTag,
        String category,
        Cause cause,
        DisposalState state,
        @Nullable Amount value,
        @Nullable Way way,
        @Nullable UUID recyclerId,
        @Nullable Amount price,
        @Nullable Instant certificateBy,
        Instant madeAt) {

    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }
}

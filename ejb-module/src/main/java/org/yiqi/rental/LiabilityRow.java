package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * A case of damage in a list.
 *
 * @param due the next moment that the case owes somebody something; null when none runs
 * @param amount what is split, or at most; null before it is assessed
 */
public record LiabilityRow(
        UUID id,
        String number,
        LiabilityState state,
        UUID unitId,
        String unitZh,
        String unitEn,
        String assetTag,
        UUID ownerOrg,
        UUID custodianOrg,
        UUID reporterOrg,
        Damage damage,
        boolean harm,
        @Nullable Amount amount,
        @Nullable Instant due,
        Instant reportedAt) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }
}

package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/** A rental in a list. {@code dueAt} is the end of the review, while it runs. */
public record RentalRow(
        UUID id,
        String number,
        RentalState state,
        UUID unitId,
        String unitZh,
        String unitEn,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        UUID lesseeOrg,
        String lesseeZh,
        String lesseeEn,
        Instant from,
        Instant to,
        Money quoted,
        @Nullable Instant dueAt,
        boolean slaBreached,
        String flagged,
        Instant createdAt) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** In the language of the reader. */
    public String owner(String language) {
        return language.startsWith("zh") ? ownerZh : ownerEn;
    }

    /** In the language of the reader. */
    public String lessee(String language) {
        return language.startsWith("zh") ? lesseeZh : lesseeEn;
    }
}

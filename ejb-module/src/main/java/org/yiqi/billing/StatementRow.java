package org.yiqi.billing;

import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Money;

/** A statement in a list. */
public record StatementRow(
        UUID id,
        StatementState state,
        UUID rentalId,
        String rentalNumber,
        String unitZh,
        String unitEn,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        UUID lesseeOrg,
        String lesseeZh,
        String lesseeEn,
        Money total,
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

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
        Instant createdAt) {}

package org.yiqi.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/** A claim of the owner: for a rental by its statement, or for a damage by its case. */
public record InvoiceView(
        UUID id,
        String number,
        @Nullable UUID statementId,
        @Nullable UUID liabilityId,
        UUID ownerOrg,
        UUID lesseeOrg,
        Money amount,
        Money paid,
        InvoiceState state,
        Instant issuedAt,
        Instant dueAt) {}

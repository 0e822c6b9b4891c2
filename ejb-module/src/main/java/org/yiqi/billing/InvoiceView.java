package org.yiqi.billing;

import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Money;

/** A claim of the owner against the lessee. */
public record InvoiceView(
        UUID id,
        String number,
        UUID statementId,
        UUID ownerOrg,
        UUID lesseeOrg,
        Money amount,
        Money paid,
        InvoiceState state,
        Instant issuedAt,
        Instant dueAt) {}

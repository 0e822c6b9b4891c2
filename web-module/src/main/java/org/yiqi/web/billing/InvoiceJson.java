package org.yiqi.web.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.InvoiceState;
import org.yiqi.billing.InvoiceView;
import org.yiqi.shared.Amount;

/** An invoice as the API shows it. */
public record InvoiceJson(
        UUID id,
        String number,
        @Nullable UUID statementId,
        @Nullable UUID liabilityId,
        UUID ownerOrg,
        UUID lesseeOrg,
        Amount amount,
        Amount paid,
        InvoiceState state,
        Instant issuedAt,
        Instant dueAt) {

    static InvoiceJson of(InvoiceView i) {
        return new InvoiceJson(
                i.id(),
                i.number(),
                i.statementId(),
                i.liabilityId(),
                i.ownerOrg(),
                i.lesseeOrg(),
                Amount.of(i.amount()),
                Amount.of(i.paid()),
                i.state(),
                i.issuedAt(),
                i.dueAt());
    }
}

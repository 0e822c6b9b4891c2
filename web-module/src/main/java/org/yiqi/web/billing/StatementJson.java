package org.yiqi.web.billing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.StatementRow;
import org.yiqi.billing.StatementState;
import org.yiqi.billing.StatementView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Period;
import org.yiqi.web.rental.QuoteJson;

/** A statement as the API shows it; {@code reproduces} says whether its lines came out the same again just now. */
public record StatementJson(
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
        UUID tariffId,
        int tariffRevision,
        Period period,
        int uses,
        List<QuoteJson.Line> lines,
        Amount total,
        boolean reproduces,
        @Nullable InvoiceJson invoice,
        Instant createdAt) {

    static StatementJson of(StatementView s) {
        return new StatementJson(
                s.id(),
                s.state(),
                s.rentalId(),
                s.rentalNumber(),
                s.unitZh(),
                s.unitEn(),
                s.ownerOrg(),
                s.ownerZh(),
                s.ownerEn(),
                s.lesseeOrg(),
                s.lesseeZh(),
                s.lesseeEn(),
                s.tariffId(),
                s.tariffRevision(),
                s.period(),
                s.uses(),
                s.lines().stream().map(QuoteJson.Line::of).toList(),
                Amount.of(s.total()),
                s.reproduces(),
                s.invoice() == null ? null : InvoiceJson.of(s.invoice()),
                s.createdAt());
    }

    /** A statement in a list. */
    public record Row(
            UUID id,
            StatementState state,
            UUID rentalId,
            String rentalNumber,
            String unitZh,
            String unitEn,
            UUID ownerOrg,
            UUID lesseeOrg,
            Amount total,
            Instant createdAt) {

        static Row of(StatementRow s) {
            return new Row(
                    s.id(),
                    s.state(),
                    s.rentalId(),
                    s.rentalNumber(),
                    s.unitZh(),
                    s.unitEn(),
                    s.ownerOrg(),
                    s.lesseeOrg(),
                    Amount.of(s.total()),
                    s.createdAt());
        }
    }
}

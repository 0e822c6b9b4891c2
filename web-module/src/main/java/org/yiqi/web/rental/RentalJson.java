package org.yiqi.web.rental;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.RentalRow;
import org.yiqi.rental.RentalState;
import org.yiqi.rental.RentalView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Period;

/** A rental as the API shows it. */
public record RentalJson(
        UUID id,
        String number,
        RentalState state,
        UUID offerId,
        UUID tariffId,
        UUID unitId,
        String unitZh,
        String unitEn,
        RentalView.Parties parties,
        Period period,
        Period reserved,
        String place,
        String purpose,
        int plannedUses,
        Amount transportCost,
        Amount quoted,
        RentalView.Review review,
        RentalView.Journey journey,
        UUID custodian,
        String reason,
        String flagged,
        List<RentalView.Signing> signings,
        RentalView.@Nullable Extension extension,
        List<RentalView.History> history,
        Instant createdAt,
        @Nullable Instant holdUntil) {

    static RentalJson of(RentalView r) {
        return new RentalJson(
                r.id(),
                r.number(),
                r.state(),
                r.offerId(),
                r.tariffId(),
                r.unitId(),
                r.unitZh(),
                r.unitEn(),
                r.parties(),
                r.period(),
                r.reserved(),
                r.place(),
                r.purpose(),
                r.plannedUses(),
                Amount.of(r.transportCost()),
                Amount.of(r.quoted()),
                r.review(),
                r.journey(),
                r.custodian(),
                r.reason(),
                r.flagged(),
                r.signings(),
                r.extension(),
                r.history(),
                r.createdAt(),
                r.holdUntil());
    }

    /** A rental in a list. */
    public record Row(
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
            Period period,
            Amount quoted,
            @Nullable Instant dueAt,
            boolean slaBreached,
            String flagged,
            Instant createdAt) {

        static Row of(RentalRow r) {
            return new Row(
                    r.id(),
                    r.number(),
                    r.state(),
                    r.unitId(),
                    r.unitZh(),
                    r.unitEn(),
                    r.ownerOrg(),
                    r.ownerZh(),
                    r.ownerEn(),
                    r.lesseeOrg(),
                    r.lesseeZh(),
                    r.lesseeEn(),
                    new Period(r.from(), r.to()),
                    Amount.of(r.quoted()),
                    r.dueAt(),
                    r.slaBreached(),
                    r.flagged(),
                    r.createdAt());
        }
    }
}

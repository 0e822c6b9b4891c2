package org.yiqi.web.rental;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.OfferState;
import org.yiqi.rental.OfferTerms;
import org.yiqi.rental.OfferView;
import org.yiqi.rental.Transport;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/** An offer as the API shows it. */
public record OfferJson(
        UUID id,
        OfferState state,
        UUID unitId,
        String unitZh,
        String unitEn,
        String category,
        String capability,
        UUID ownerOrg,
        String ownerZh,
        String ownerEn,
        String regionCode,
        Terms terms,
        TariffJson tariff,
        Instant createdAt) {

    static OfferJson of(OfferView o) {
        return new OfferJson(
                o.id(),
                o.state(),
                o.unitId(),
                o.unitZh(),
                o.unitEn(),
                o.category(),
                o.capability(),
                o.ownerOrg(),
                o.ownerZh(),
                o.ownerEn(),
                o.regionCode(),
                Terms.of(o.terms()),
                TariffJson.of(o.tariff()),
                o.createdAt());
    }

    /**
     * When and how a unit is lent. {@code opens} and {@code closes} are the hours of each day in which it can be used,
     * {@code 00:00} and {@code 24:00} where left out; buffers and notice are in hours, 0 where left out.
     */
    public record Terms(
            @NotEmpty @Size(max = 50) List<@NotNull Period> windows,

            @Nullable @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]")
            String opens,

            @Nullable @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
            String closes,

            @Nullable Integer bufferBefore,
            @Nullable Integer bufferAfter,
            @Nullable Integer noticeHours,
            @Nullable @Size(max = 50) List<@NotNull String> regions,
            @Nullable Transport transport,
            @Nullable Amount transportFee,
            @Nullable Amount transportPerKm,
            @Nullable @Size(max = 2000) String note) {

        OfferTerms toTerms() {
            return new OfferTerms(
                    windows,
                    opens == null ? 0 : minute(opens),
                    closes == null ? 24 * 60 : minute(closes),
                    or0(bufferBefore),
                    or0(bufferAfter),
                    or0(noticeHours),
                    regions == null ? List.of() : regions,
                    transport == null ? Transport.OWNER : transport,
                    money(transportFee),
                    money(transportPerKm),
                    note == null ? "" : note);
        }

        static Terms of(OfferTerms t) {
            return new Terms(
                    t.windows(),
                    clock(t.openMinute()),
                    clock(t.closeMinute()),
                    t.bufferBefore(),
                    t.bufferAfter(),
                    t.noticeHours(),
                    t.regions(),
                    t.transport(),
                    Amount.of(t.transportFee()),
                    Amount.of(t.transportPerKm()),
                    t.note());
        }

        private static int or0(@Nullable Integer value) {
            return value == null ? 0 : value;
        }

        private static Money money(@Nullable Amount amount) {
            return amount == null ? Money.zero("CNY") : amount.toMoney();
        }
    }

    static int minute(String clock) {
        return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3));
    }

    static String clock(int minute) {
        return String.format("%02d:%02d", minute / 60, minute % 60);
    }
}

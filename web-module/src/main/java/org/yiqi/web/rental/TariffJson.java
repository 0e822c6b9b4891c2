package org.yiqi.web.rental;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.PricePackage;
import org.yiqi.rental.TariffTerms;
import org.yiqi.rental.TariffView;
import org.yiqi.rental.TimeUnit;
import org.yiqi.rental.UseTier;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A stored price list. */
public record TariffJson(UUID id, UUID ownerOrg, String name, int revision, Instant createdAt, Terms terms) {

    static TariffJson of(TariffView view) {
        return new TariffJson(
                view.id(), view.ownerOrg(), view.name(), view.revision(), view.createdAt(), Terms.of(view.terms()));
    }

    /**
     * What a price list says. Base rent per rental, packages of time, a price per use in tiers, a deposit; whatever is left
     * out costs nothing.
     */
    public record Terms(
            @Nullable String currency,
            @Nullable Amount base,
            @Nullable @Size(max = 20) List<@NotNull @Valid Pack> packages,
            @Nullable @Size(max = 20) List<@NotNull @Valid Tier> perUse,
            @Nullable Amount deposit) {

        TariffTerms toTerms() {
            String code = currency == null ? "CNY" : currency;
            List<Pack> packs = packages == null ? List.of() : packages;
            List<Tier> tiers = perUse == null ? List.of() : perUse;
            return new TariffTerms(
                    code,
                    money(base, code),
                    packs.stream()
                            .map(p -> new PricePackage(p.length, p.unit, p.price.toMoney()))
                            .toList(),
                    tiers.stream()
                            .map(t -> new UseTier(t.firstUse == null ? 1 : t.firstUse, t.price.toMoney()))
                            .toList(),
                    money(deposit, code));
        }

        static Terms of(TariffTerms terms) {
            return new Terms(
                    terms.currency(),
                    Amount.of(terms.base()),
                    terms.packages().stream()
                            .map(p -> new Pack(p.length(), p.unit(), Amount.of(p.price())))
                            .toList(),
                    terms.perUse().stream()
                            .map(t -> new Tier(t.firstUse(), Amount.of(t.price())))
                            .toList(),
                    Amount.of(terms.deposit()));
        }

        private static Money money(@Nullable Amount amount, String currency) {
            return amount == null ? Money.zero(currency) : amount.toMoney();
        }
    }

    /** So much time at one price, such as 7 days for 500. */
    public record Pack(
            @Min(1) @Max(10000) int length,
            @NotNull TimeUnit unit,
            @NotNull Amount price) {}

    /** From the {@code firstUse}th use on, each costs {@code price}; without it from the first. */
    public record Tier(
            @Nullable @Min(1) @Max(10_000_000) Integer firstUse,
            @NotNull Amount price) {}
}

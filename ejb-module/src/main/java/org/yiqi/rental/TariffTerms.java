package org.yiqi.rental;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

/**
 * What a price list says: a base rent per rental, packages of time of which the cheapest combination is charged, a price per
 * use that may fall in tiers, and a deposit, which is not part of the price.
 */
public record TariffTerms(
        String currency, Money base, List<PricePackage> packages, List<UseTier> perUse, Money deposit) {

    private static final int MOST_PARTS = 20;
    private static final int LONGEST_PACKAGE_HOURS = 24 * 366;
    /** Ten million in minor units of a major currency, times a hundred: far above any device, far below overflow. */
    private static final long MOST_MINOR = 100_000_000_000L;

    /** @throws RuleViolation {@code rental.tariff-invalid} naming each broken field */
    public TariffTerms {
        RuleViolation all = new RuleViolation("rental.tariff-invalid", "The price list cannot be used as it is");
        if (!currency.matches("[A-Z]{3}")) {
            all.at("/currency", "an ISO 4217 code");
        }
        amount(base, currency, "/base", all);
        amount(deposit, currency, "/deposit", all);
        packages = packages.stream()
                .sorted(Comparator.comparingInt(TariffTerms::safeHours))
                .toList();
        perUse = perUse.stream()
                .sorted(Comparator.comparingInt(UseTier::firstUse))
                .toList();
        if (packages.size() > MOST_PARTS || perUse.size() > MOST_PARTS) {
            all.at("/packages", "at most " + MOST_PARTS);
        }
        Set<Integer> lengths = new HashSet<>();
        for (PricePackage p : packages) {
            amount(p.price(), currency, "/packages", all);
            int hours = safeHours(p);
            if (hours < 1 || hours > LONGEST_PACKAGE_HOURS) {
                all.at("/packages", "a package lasts from one hour to a year");
            } else if (!lengths.add(hours)) {
                all.at("/packages", "two packages of one length");
            }
        }
        for (int i = 0; i < perUse.size(); i++) {
            amount(perUse.get(i).price(), currency, "/perUse", all);
            if (i == 0 && perUse.get(i).firstUse() != 1) {
                all.at("/perUse", "the first tier begins at use 1");
            }
            if (i > 0 && perUse.get(i).firstUse() == perUse.get(i - 1).firstUse()) {
                all.at("/perUse", "two tiers begin at one use");
            }
        }
        if (!all.errors().isEmpty()) {
            throw all;
        }
    }

    /** Days and their prices, no more. */
    public static TariffTerms ofPackages(String currency, List<PricePackage> packages) {
        return new TariffTerms(currency, Money.zero(currency), packages, List.of(), Money.zero(currency));
    }

    public boolean chargesUses() {
        return !perUse.isEmpty();
    }

    private static int safeHours(PricePackage p) {
        return p.length() < 1 || p.length() > LONGEST_PACKAGE_HOURS ? -1 : p.hours();
    }

    private static void amount(Money money, String currency, String at, RuleViolation all) {
        if (money.isNegative() || money.minor() > MOST_MINOR) {
            all.at(at, "from 0 to " + Money.ofMinor(MOST_MINOR, currency));
        }
        if (!money.currency().equals(currency)) {
            all.at(at, "in " + currency);
        }
    }
}

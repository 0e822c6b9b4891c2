package org.yiqi.rental.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yiqi.rental.PricePackage;
import org.yiqi.rental.Quote;
import org.yiqi.rental.QuoteLine;
import org.yiqi.rental.QuoteLine.Kind;
import org.yiqi.rental.TariffTerms;
import org.yiqi.rental.UseTier;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

/** Prices a rental exactly, in integers, and so that nobody could combine the packages more cheaply. */
public final class Pricing {

    private static final long LONGEST_HOURS = 24L * 366 * 3;
    private static final int MOST_USES = 10_000_000;

    private Pricing() {}

    /** @throws RuleViolation when the time or the number of uses is out of bounds */
    public static Quote quote(TariffTerms terms, Duration time, int uses, Money transport) {
        long hours = startedHours(time);
        if (uses < 0 || uses > MOST_USES) {
            throw new RuleViolation("rental.uses-out-of-range", "Uses are 0 to " + MOST_USES)
                    .at("/uses", "0 to " + MOST_USES);
        }
        List<QuoteLine> lines = new ArrayList<>();
        if (terms.base().minor() > 0) {
            lines.add(new QuoteLine(Kind.BASE, 1, 0, "RENTAL", terms.base(), terms.base()));
        }
        lines.addAll(packages(terms, (int) hours));
        lines.addAll(uses(terms, uses));
        if (transport.minor() > 0) {
            lines.add(new QuoteLine(Kind.TRANSPORT, 1, 0, "RENTAL", transport, transport));
        }
        Money total = Money.zero(terms.currency());
        for (QuoteLine line : lines) {
            total = total.plus(line.amount());
        }
        return new Quote(hours, uses, lines, total, terms.deposit());
    }

    private static long startedHours(Duration time) {
        if (time.isNegative() || time.compareTo(Duration.ofHours(LONGEST_HOURS)) > 0) {
            throw new RuleViolation("rental.period-too-long", "A rental lasts up to three years")
                    .at("/period", "up to three years");
        }
        return time.plusHours(1).minusNanos(1).toHours();
    }

    /**
     * The cheapest packages that together cover the time; among equally cheap ones, those with the fewest packages.
     * {@code best[h]} is the least that covers {@code h} steps, where a step is the greatest common divisor of all lengths.
     */
    private static List<QuoteLine> packages(TariffTerms terms, int hours) {
        List<PricePackage> packages = terms.packages();
        if (packages.isEmpty() || hours == 0) {
            return List.of();
        }
        int step = packages.stream().mapToInt(PricePackage::hours).reduce(0, Pricing::gcd);
        int steps = (hours + step - 1) / step;
        long[] best = new long[steps + 1];
        int[] count = new int[steps + 1];
        int[] choice = new int[steps + 1];
        for (int h = 1; h <= steps; h++) {
            best[h] = Long.MAX_VALUE;
            for (int p = 0; p < packages.size(); p++) {
                int rest = Math.max(0, h - packages.get(p).hours() / step);
                long cost = Math.addExact(best[rest], packages.get(p).price().minor());
                if (cost < best[h] || (cost == best[h] && count[rest] + 1 < count[h])) {
                    best[h] = cost;
                    count[h] = count[rest] + 1;
                    choice[h] = p;
                }
            }
        }
        int[] used = new int[packages.size()];
        for (int h = steps; h > 0; h = Math.max(0, h - packages.get(choice[h]).hours() / step)) {
            used[choice[h]]++;
        }
        List<QuoteLine> lines = new ArrayList<>();
        for (int p = packages.size() - 1; p >= 0; p--) {
            PricePackage pack = packages.get(p);
            if (used[p] > 0) {
                lines.add(new QuoteLine(
                        Kind.PACKAGE,
                        used[p],
                        pack.length(),
                        pack.unit().name(),
                        pack.price(),
                        pack.price().times(used[p])));
            }
        }
        return lines;
    }

    private static List<QuoteLine> uses(TariffTerms terms, int uses) {
        List<QuoteLine> lines = new ArrayList<>();
        List<UseTier> tiers = terms.perUse();
        int[] ends = new int[tiers.size()];
        Arrays.setAll(ends, i -> i + 1 < tiers.size() ? tiers.get(i + 1).firstUse() - 1 : Integer.MAX_VALUE);
        for (int i = 0; i < tiers.size(); i++) {
            UseTier tier = tiers.get(i);
            int quantity = Math.min(uses, ends[i]) - tier.firstUse() + 1;
            if (quantity > 0) {
                lines.add(new QuoteLine(
                        Kind.USE,
                        quantity,
                        tier.firstUse(),
                        "USE",
                        tier.price(),
                        tier.price().times(quantity)));
            }
        }
        return lines;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}

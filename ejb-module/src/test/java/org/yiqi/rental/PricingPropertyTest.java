package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.yiqi.rental.domain.FreeSlots;
import org.yiqi.rental.domain.FreeSlots.DailyHours;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

class PricingPropertyTest {

    private static final Money NONE = Money.zero("CNY");
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    @Property(tries = 300)
    void noCombinationOfPackagesIsCheaper(
            @ForAll("tariffs") TariffTerms terms, @ForAll @IntRange(min = 1, max = 14) int days) {
        assertEquals(cheapest(terms.packages(), days * 24), price(terms, days));
    }

    @Property(tries = 300)
    void theTotalIsTheSumOfItsLinesAndEachLineIsQuantityTimesPrice(
            @ForAll("tariffs") TariffTerms terms,
            @ForAll @IntRange(min = 1, max = 400) int days,
            @ForAll @IntRange(max = 5000) int uses) {
        Quote quote = Pricing.quote(terms, Duration.ofDays(days), uses, Money.cny("12.34"));
        long sum = 0;
        for (QuoteLine line : quote.lines()) {
            assertEquals(line.unitPrice().times(line.quantity()), line.amount());
            sum += line.amount().minor();
        }
        assertEquals(quote.total().minor(), sum);
        assertEquals(
                uses,
                quote.lines().stream()
                        .filter(l -> l.kind() == QuoteLine.Kind.USE)
                        .mapToInt(QuoteLine::quantity)
                        .sum());
    }

    @Property(tries = 300)
    void moreTimeNeverCostsLess(@ForAll("tariffs") TariffTerms terms, @ForAll @IntRange(min = 1, max = 60) int days) {
        assertTrue(price(terms, days + 1) >= price(terms, days));
    }

    @Property(tries = 300)
    void thePackagesOfAQuoteCoverItsTime(
            @ForAll("tariffs") TariffTerms terms, @ForAll @IntRange(min = 1, max = 2000) int hours) {
        Quote quote = Pricing.quote(terms, Duration.ofHours(hours), 0, NONE);
        int covered = quote.lines().stream()
                .filter(l -> l.kind() == QuoteLine.Kind.PACKAGE)
                .mapToInt(l ->
                        l.quantity() * l.length() * TimeUnit.valueOf(l.unit()).hours())
                .sum();
        assertTrue(covered >= hours);
    }

    @Property(tries = 300)
    void aFreeSlotKeepsItsDistanceFromWhatIsBusyAndStaysInItsWindowAndHours(
            @ForAll("busy") List<Period> busy,
            @ForAll @IntRange(max = 12) int before,
            @ForAll @IntRange(max = 12) int after,
            @ForAll @IntRange(max = 20) int open) {
        Period window = new Period(START, START.plus(Duration.ofDays(20)));
        DailyHours hours = new DailyHours(open * 60, open * 60 + 240);
        List<Period> free =
                FreeSlots.of(List.of(window), hours, busy, Duration.ofHours(before), Duration.ofHours(after), START);
        for (Period slot : free) {
            assertTrue(!slot.from().isBefore(window.from()) && !slot.to().isAfter(window.to()));
            assertTrue(slot.length().compareTo(Duration.ofHours(4)) <= 0);
            Period reserved = new Period(
                    slot.from().minus(Duration.ofHours(before)), slot.to().plus(Duration.ofHours(after)));
            assertTrue(busy.stream().noneMatch(reserved::overlaps));
        }
    }

    @Property(tries = 200)
    void alternativesAreFreeAsLongAsWantedAndTheNearestComeFirst(
            @ForAll("busy") List<Period> busy, @ForAll @IntRange(min = 1, max = 60) int hours) {
        Period window = new Period(START, START.plus(Duration.ofDays(20)));
        List<Period> free = FreeSlots.of(
                List.of(window), new DailyHours(0, DailyHours.WHOLE_DAY), busy, Duration.ZERO, Duration.ZERO, START);
        Period wanted = new Period(
                START.plus(Duration.ofDays(5)), START.plus(Duration.ofDays(5)).plus(Duration.ofHours(hours)));
        List<Period> near = FreeSlots.near(free, wanted, 3);
        assertTrue(near.size() <= 3);
        for (Period p : near) {
            assertEquals(wanted.length(), p.length());
            assertTrue(busy.stream().noneMatch(p::overlaps));
        }
        List<Duration> distances = near.stream()
                .map(p -> Duration.between(wanted.from(), p.from()).abs())
                .toList();
        assertEquals(distances.stream().sorted(Comparator.naturalOrder()).toList(), distances);
    }

    @Provide
    Arbitrary<TariffTerms> tariffs() {
        Arbitrary<PricePackage> packages = Combinators.combine(
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((days, price) -> new PricePackage(days, TimeUnit.DAY, Money.ofMinor(price, "CNY")));
        Arbitrary<UseTier> tiers = Combinators.combine(
                        Arbitraries.integers().between(2, 3000),
                        Arbitraries.longs().between(0, 100_000))
                .as((first, price) -> new UseTier(first, Money.ofMinor(price, "CNY")));
        return Combinators.combine(
                        packages.list().ofMinSize(1).ofMaxSize(5).uniqueElements(PricePackage::length),
                        tiers.list().ofMaxSize(3).uniqueElements(UseTier::firstUse),
                        Arbitraries.longs().between(0, 100_000))
                .as((p, t, first) -> new TariffTerms(
                        "CNY",
                        NONE,
                        p,
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(new UseTier(1, Money.ofMinor(first, "CNY"))),
                                        t.stream())
                                .toList(),
                        NONE));
    }

    @Provide
    Arbitrary<List<Period>> busy() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 19 * 24),
                        Arbitraries.integers().between(1, 72))
                .as((at, hours) ->
                        new Period(START.plus(Duration.ofHours(at)), START.plus(Duration.ofHours(at + hours))))
                .list()
                .ofMaxSize(8);
    }

    private static long price(TariffTerms terms, int days) {
        return Pricing.quote(terms, Duration.ofDays(days), 0, NONE).total().minor();
    }

    /** Every combination, tried one by one. */
    private static long cheapest(List<PricePackage> packages, int hours) {
        if (hours <= 0) {
            return 0;
        }
        long[] best = new long[hours + 1];
        for (int h = 1; h <= hours; h++) {
            best[h] = Long.MAX_VALUE;
            for (PricePackage p : packages) {
                best[h] = Math.min(
                        best[h], best[Math.max(0, h - p.hours())] + p.price().minor());
            }
        }
        return best[hours];
    }
}

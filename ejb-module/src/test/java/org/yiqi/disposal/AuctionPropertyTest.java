package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.yiqi.disposal.domain.Appraisal;
import org.yiqi.disposal.domain.Bidding;
import org.yiqi.disposal.domain.Bidding.Offer;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;

class AuctionPropertyTest {

    private static final Instant OPENS = Instant.parse("2036-03-03T08:00:00Z");
    private static final long LENGTH = 3600;
    private static final LocalDate TODAY = LocalDate.parse("2036-03-01");

    @Property
    void bidsRiseByTheStepAndTheEndNeverComesEarlier(
            @ForAll @Size(max = 40) List<@LongRange(min = 1, max = 500) Long> raises,
            @ForAll @Size(min = 40, max = 40) List<@IntRange(min = -20, max = 200) Integer> pauses) {
        Bidding bidding = new Bidding(AuctionKind.ENGLISH, 1000, 100, 60, OPENS, OPENS.plusSeconds(LENGTH), null);
        Instant now = OPENS;
        long last = 0;
        for (int i = 0; i < raises.size(); i++) {
            now = now.plusSeconds(Math.max(0, pauses.get(i)));
            long amount = last + raises.get(i);
            Instant before = bidding.closesAt();
            Bidding standing = bidding;
            Instant at = now;
            if (!now.isBefore(before)) {
                assertThrows(Conflict.class, () -> standing.take(amount, at, AppraisalTest.RULES));
                continue;
            }
            if (amount < standing.least(now)) {
                assertThrows(BusinessException.class, () -> standing.take(amount, at, AppraisalTest.RULES));
                continue;
            }
            Instant end = bidding.take(amount, now, AppraisalTest.RULES);
            assertFalse(end.isBefore(before), "the end came earlier");
            boolean late = !before.minusSeconds(120).isAfter(now);
            assertEquals(late ? now.plusSeconds(120) : before, end);
            assertTrue(last == 0 ? amount >= 1000 : amount >= last + 100);
            last = amount;
            bidding = new Bidding(AuctionKind.ENGLISH, 1000, 100, 60, OPENS, end, amount);
        }
    }

    @Property
    void theRankingIsOfTheBidsAndNotOfTheOrderInWhichTheyAreRead(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 10) Long> amounts,
            @ForAll @IntRange(min = 1, max = 6) int bidders,
            @ForAll long seed) {
        List<Offer> bids = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            bids.add(new Offer(i + 1, new UUID(0, i % bidders), amounts.get(i)));
        }
        List<Offer> ranking = Bidding.ranking(bids);
        List<Offer> shuffled = new ArrayList<>(bids);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(ranking, Bidding.ranking(shuffled));
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < ranking.size(); i++) {
            Offer offer = ranking.get(i);
            assertTrue(seen.add(offer.org()), "a bidder stands twice");
            if (i > 0) {
                Offer better = ranking.get(i - 1);
                assertTrue(better.amount() > offer.amount()
                        || (better.amount() == offer.amount() && better.seq() < offer.seq()));
            }
        }
        assertEquals(Math.min(bidders, amounts.size()), ranking.size());
    }

    @Property
    void aDutchPriceOnlyFallsAndNeverToNothing(
            @ForAll @LongRange(min = 1, max = 1_000_000_000L) long start,
            @ForAll @IntRange(max = 20_000) int first,
            @ForAll @IntRange(max = 20_000) int more) {
        Bidding bidding = new Bidding(AuctionKind.DUTCH, start, 1, 60, OPENS, OPENS.plusSeconds(100_000), null);
        long before = bidding.least(OPENS.plusSeconds(first));
        long after = bidding.least(OPENS.plusSeconds((long) first + more));
        assertTrue(after <= before && after >= 1 && before <= start);
        assertTrue(after >= start / 100);
    }

    @Property
    void everyMethodStaysInOrderAndTheRangeHoldsThemAll(
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long cost,
            @ForAll @IntRange(min = 1, max = 30) int life,
            @ForAll @IntRange(max = 600) int months,
            @ForAll @Size(max = 20) List<@LongRange(min = 1, max = 1_000_000_000L) Long> sales,
            @ForAll @LongRange(max = 1_000_000_000L) long earnings,
            @ForAll @IntRange(max = 30) int years) {
        Appraisal appraisal = new Appraisal()
                .book(Money.ofMinor(cost, "CNY"), life, 50, TODAY.minusMonths(months), TODAY)
                .comparables(sales, "CNY")
                .income(Money.ofMinor(earnings, "CNY"), years, 60);
        Appraisal.Range range = appraisal.range();
        for (Estimate e : appraisal.estimates()) {
            assertTrue(0 <= e.low().minor() && e.low().minor() <= e.likely().minor(), e.toString());
            assertTrue(e.likely().minor() <= e.high().minor(), e.toString());
            assertTrue(range.low().minor() <= e.low().minor()
                    && e.high().minor() <= range.high().minor());
        }
        assertTrue(range.low().minor() <= range.likely().minor()
                && range.likely().minor() <= range.high().minor());
        long book = appraisal.estimates().get(0).likely().minor();
        assertTrue(book <= cost && book >= cost / 20);
    }
}

package org.yiqi.rental.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.yiqi.contract.Share;
import org.yiqi.rental.LiabilityState;
import org.yiqi.shared.Money;

class SplitPropertyTest {

    private static Split split(List<Integer> weights) {
        List<Split.Weight> causes = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            // Every third cause is the first organisation's again.
            causes.add(new Split.Weight(new UUID(1, i % 3 == 2 ? 0 : i), weights.get(i)));
        }
        return Split.of(causes);
    }

    @Property
    void sharesAreExactlyOneAndInLowestTerms(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1000) Integer> weights) {
        BigInteger numerator = BigInteger.ZERO;
        BigInteger denominator = BigInteger.ONE;
        for (Share share : split(weights).shares()) {
            BigInteger d = BigInteger.valueOf(share.denominator());
            numerator = numerator
                    .multiply(d)
                    .add(BigInteger.valueOf(share.numerator()).multiply(denominator));
            denominator = denominator.multiply(d);
            assertEquals(share, Share.of(share.org(), share.fraction()));
        }
        assertEquals(denominator, numerator);
    }

    @Property
    void moneyIsDividedToTheCentAndNobodyBearsACentMoreThanItsShare(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1000) Integer> weights,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long minor) {
        Split split = split(weights);
        Map<UUID, Money> parts = split.of(Money.ofMinor(minor, "CNY"));
        assertEquals(minor, parts.values().stream().mapToLong(Money::minor).sum());
        for (Share share : split.shares()) {
            BigInteger exact = BigInteger.valueOf(minor).multiply(BigInteger.valueOf(share.numerator()));
            BigInteger given = BigInteger.valueOf(parts.get(share.org()).minor())
                    .multiply(BigInteger.valueOf(share.denominator()));
            assertTrue(given.subtract(exact).abs().compareTo(BigInteger.valueOf(share.denominator())) < 0);
        }
    }

    @Property
    void aUnitLosesValueEveryMonthAndNeverMoreThanItsResidualLeaves(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long cost,
            @ForAll @IntRange(min = 1, max = 50) int life,
            @ForAll @IntRange(min = 0, max = 99) int residual,
            @ForAll @IntRange(min = 0, max = 800) int months) {
        LocalDate bought = LocalDate.parse("2020-01-15");
        BookValue value = new BookValue(Money.ofMinor(cost, "CNY"), bought, life, residual);
        long now = value.on(bought.plusMonths(months)).minor();
        assertTrue(now <= value.on(bought.plusMonths(Math.max(0, months - 1))).minor());
        assertTrue(now <= cost && now * 100 >= cost * residual - 50);
        assertEquals(cost, value.on(bought).minor());
    }

    @Example
    void aUnitOfThreeYearsIsWorthWhatTheAccountsSay() {
        BookValue value = new BookValue(Money.cny("800000"), LocalDate.parse("2023-11-20"), 8, 5);
        assertEquals(Money.cny("515000"), value.on(LocalDate.parse("2026-11-22")));
    }

    @Example
    void seventyAndThirtyOfAHundredAndTwentyThousand() {
        UUID lessee = new UUID(1, 1);
        UUID service = new UUID(1, 2);
        Split split = Split.of(List.of(new Split.Weight(lessee, 70), new Split.Weight(service, 30)));
        assertEquals(Map.of(lessee, Money.cny("84000"), service, Money.cny("36000")), split.of(Money.cny("120000")));
    }

    @Property
    void aCaseNeverSkips(@ForAll @Size(max = 40) List<LiabilityState> wishes) {
        List<LiabilityState> been = new ArrayList<>(List.of(LiabilityState.REPORTED));
        LiabilityState state = LiabilityState.REPORTED;
        for (LiabilityState wish : wishes) {
            if (state.mayBecome(wish)) {
                state = wish;
                been.add(state);
            }
        }
        if (been.contains(LiabilityState.SETTLED)) {
            assertTrue(been.contains(LiabilityState.AGREED) || been.contains(LiabilityState.FINAL));
        }
        if (been.contains(LiabilityState.FINAL)) {
            assertTrue(been.containsAll(List.of(LiabilityState.PANEL, LiabilityState.DECIDED)));
        }
        if (been.contains(LiabilityState.PROPOSED)) {
            assertTrue(been.containsAll(
                    List.of(LiabilityState.EVIDENCE, LiabilityState.STATEMENTS, LiabilityState.ASSESSED)));
        }
    }
}

package org.yiqi.contract.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.evaluation.PriceFormula.Kind;

class PriceFormulaTest {

    private static final List<Long> THREE = List.of(90_000_000L, 100_000_000L, 120_000_000L);

    private static List<String> points(PriceFormula formula, int weight, List<Long> prices) {
        return prices.stream()
                .map(price -> formula.points(weight, price, prices).toPlainString())
                .toList();
    }

    private static PriceFormula mean(Kind kind, String percent, String above, String below) {
        return new PriceFormula("M", kind, new BigDecimal(percent), new BigDecimal(above), new BigDecimal(below));
    }

    @Test
    void theLowestPriceHasAllPointsAndOthersTheirShareOfIt() {
        assertEquals(List.of("30.00", "27.00", "22.50"), points(PriceFormula.lowest(), 30, THREE));
    }

    @Test
    void anEndlessQuotientIsRoundedToHundredthsHalfUp() {
        assertEquals(
                "3.33", PriceFormula.lowest().points(10, 3L, List.of(1L, 3L)).toPlainString());
        assertEquals(
                "6.67", PriceFormula.lowest().points(20, 3L, List.of(1L, 3L)).toPlainString());
    }

    @Test
    void aboveAndBelowTheMeanPointsAreLostAtTheirOwnRates() {
        // Mean 100: 10 % below loses 5 % of the weight, 20 % above loses 20 %.
        assertEquals(
                List.of("28.50", "27.00", "30.00"),
                points(mean(Kind.MEAN, "100", "1", "0.5"), 30, List.of(90L, 110L, 100L)));
    }

    @Test
    void aBenchmarkBelowTheMeanRewardsWhoStaysNearIt() {
        assertEquals(
                "30.00",
                mean(Kind.MEAN, "95", "1", "0.5")
                        .points(30, 95L, List.of(95L, 105L))
                        .toPlainString());
    }

    @Test
    void fromFiveBidsOnTheHighestAndTheLowestDoNotMoveTheMean() {
        PriceFormula trimmed = mean(Kind.TRIMMED_MEAN, "100", "1", "1");
        assertEquals(
                "30.00",
                trimmed.points(30, 100L, List.of(1L, 90L, 100L, 110L, 100_000L)).toPlainString());
        assertEquals(
                "0.00",
                trimmed.points(30, 100_000L, List.of(1L, 90L, 100L, 110L, 100_000L))
                        .toPlainString());
    }

    @Property
    void pointsStayWithinTheWeightAndALowerPriceNeverHasFewer(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 1_000_000_000_000L) Long> prices,
            @ForAll @IntRange(min = 1, max = 100) int weight) {
        List<Long> sorted = prices.stream().sorted().toList();
        BigDecimal before = BigDecimal.valueOf(weight);
        assertEquals(
                0, PriceFormula.lowest().points(weight, sorted.get(0), prices).compareTo(before));
        for (Long price : sorted) {
            BigDecimal points = PriceFormula.lowest().points(weight, price, prices);
            assertTrue(points.signum() >= 0 && points.compareTo(before) <= 0);
            before = points;
        }
    }

    @Property
    void aMeanBenchmarkGivesNothingNegativeAndNotMoreThanTheWeight(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 1_000_000_000_000L) Long> prices,
            @ForAll @IntRange(min = 1, max = 100) int weight) {
        for (Long price : prices) {
            BigDecimal points = mean(Kind.TRIMMED_MEAN, "97.5", "1.5", "0.5").points(weight, price, prices);
            assertTrue(points.signum() >= 0 && points.compareTo(BigDecimal.valueOf(weight)) <= 0);
        }
    }

    @Test
    void theCostOfALifeIsPricePlusYearsPlusDisposalAndADiscountMakesLaterYearsWeighLess() {
        LifeCycleCost cost = new LifeCycleCost(1_000_000, 100_000, 50_000, 30_000);
        assertEquals(2_530_000, cost.over(10, BigDecimal.ZERO));
        // By the annuity formula at 5 %: 1 000 000 + 150 000 · 7.72173493 + 30 000 / 1.05^10.
        assertEquals(2_176_678, cost.over(10, new BigDecimal("5")));
    }
}

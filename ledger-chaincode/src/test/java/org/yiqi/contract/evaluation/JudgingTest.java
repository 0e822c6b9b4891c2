package org.yiqi.contract.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.evaluation.LowPrice.Reason;

class JudgingTest {

    private static final UUID A = new UUID(1, 1);
    private static final UUID B = new UUID(1, 2);
    private static final UUID C = new UUID(1, 3);
    private static final UUID D = new UUID(1, 4);

    private static List<Boolean> outliers(String... points) {
        return Outliers.among(Stream.of(points).map(BigDecimal::new).toList(), Judged.RULES);
    }

    @Test
    void aPriceOfHalfTheOthersMeanIsAbnormallyLowForBothReasons() {
        assertEquals(
                Map.of(A, Set.of(Reason.MEAN, Reason.NEXT)),
                LowPrice.among(Map.of(A, 500L, B, 950L, C, 1000L, D, 1050L), Judged.RULES));
    }

    @Test
    void exactlyAtTheLineAPriceHasToBeExplainedAndAMinorUnitAboveItNot() {
        assertEquals(Map.of(A, Set.of(Reason.NEXT)), LowPrice.among(Map.of(A, 700L, B, 1000L, C, 1000L), Judged.RULES));
        assertEquals(Map.of(), LowPrice.among(Map.of(A, 701L, B, 1000L, C, 1000L), Judged.RULES));
    }

    @Test
    void ofTwoBidsOnlyTheNextPriceIsCompared() {
        assertEquals(Map.of(A, Set.of(Reason.NEXT)), LowPrice.among(Map.of(A, 100L, B, 1000L), Judged.RULES));
    }

    @Test
    void pointsFurtherThanAThirdFromTheMedianAreOutliers() {
        assertEquals(List.of(false, false, false, false, true), outliers("20", "19", "21", "20", "13.99"));
        assertEquals(List.of(false, false, false, false, false), outliers("20", "19", "21", "20", "14"));
    }

    @Test
    void pointsFurtherThanTwoSigmasAreOutliersHoweverNearTheMedian() {
        assertEquals(
                List.of(false, false, false, false, false, false, true),
                outliers("20", "20", "20", "20", "20", "20", "21"));
    }

    @Test
    void twoSeatsHaveNoOutlier() {
        assertEquals(List.of(false, false), outliers("1", "20"));
    }

    @Test
    void equalPointsArePartedByPriceThenByTheDrawnSeed() {
        Judged judged = new Judged();
        judged.marks("10", "10", "10");
        judged.prices(1000, 1000, 1000);
        List<UUID> first = judged.winners();
        assertEquals(first, judged.shuffled().results().get(0).valid());
        judged.tieSeed((byte) 9);
        assertTrue(first.size() == 3 && !first.equals(judged.winners()), "another seed, another order");
    }

    @Test
    void aRequirementIsMissedWhenMoreThanHalfOfThePanelSaySo() {
        Judged judged = new Judged();
        judged.marks("10", "10", "10");
        judged.rejections(Judged.ONE, 2);
        assertEquals(LotResult.Fate.VALID, judged.fate(Judged.ONE));
        judged.rejections(Judged.ONE, 3);
        assertEquals(LotResult.Fate.NOT_QUALIFIED, judged.fate(Judged.ONE));
        assertEquals(
                LotResult.Outcome.TOO_FEW, judged.evaluation().results().get(0).outcome());
    }

    @Test
    void aPriceAboveTheCeilingIsOutAndSetsNoBenchmark() {
        Judged judged = new Judged();
        judged.marks("10", "10", "10");
        judged.prices(1000, 1200, 5000);
        assertEquals(LotResult.Fate.ABOVE_CEILING, judged.fate(Judged.THREE));
    }

    @Test
    void anUnexplainedLowPriceIsOutAndTheOthersArePricedWithoutIt() {
        Judged judged = new Judged();
        judged.marks("10", "10", "10");
        judged.prices(400, 1000, 1000);
        assertEquals(List.of(Judged.ONE), judged.evaluation().undecidedLowPrices());
        judged.answer(Judged.ONE, false);
        assertEquals(LotResult.Fate.LOW_PRICE, judged.fate(Judged.ONE));
        assertEquals(
                "30.00",
                judged.evaluation().results().get(0).of(Judged.TWO).price().toPlainString());
    }
}

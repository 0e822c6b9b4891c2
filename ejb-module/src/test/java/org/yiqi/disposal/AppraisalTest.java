package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yiqi.disposal.Value.Part;
import org.yiqi.disposal.domain.Appraisal;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.disposal.domain.Opinion;
import org.yiqi.disposal.domain.Opinion.WayRule;
import org.yiqi.shared.Money;

class AppraisalTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    static final DisposalRules RULES = new DisposalRules(
            LocalDate.parse("2020-01-01"), 300, 600, 50, 10, 60, 900, 2, 100, 48, 120, 120, 100, 24, 5, 30);
    private static final List<WayRule> WAYS = List.of(
            new WayRule(Way.KEEP, 1, 1000, 700, true, false, ""),
            new WayRule(Way.REDEPLOY, 2, 900, 650, true, true, ""),
            new WayRule(Way.DONATE, 3, 0, 600, true, true, ""),
            new WayRule(Way.REFURBISH, 4, 700, 550, false, true, ""),
            new WayRule(Way.PARTS, 5, 1000, 250, false, false, ""),
            new WayRule(Way.AUCTION, 6, 1000, 120, false, false, ""),
            new WayRule(Way.RECYCLE, 7, 0, 80, false, false, ""));

    @Test
    void fiveMillionOverTenYearsWithFivePercentIs725000AfterNine() {
        Appraisal appraisal = new Appraisal().book(Money.cny("5000000"), 10, 50, TODAY.minusYears(9), TODAY);
        assertEquals(Money.cny("725000"), appraisal.estimates().get(0).likely());
    }

    @Test
    void theBooksNeverFallBelowTheResidualValue() {
        Appraisal appraisal = new Appraisal().book(Money.cny("5000000"), 10, 50, TODAY.minusYears(30), TODAY);
        assertEquals(Money.cny("250000"), appraisal.estimates().get(0).likely());
        assertEquals(Confidence.LOW, appraisal.estimates().get(0).confidence());
    }

    @Test
    void pastSalesGiveTheirMedianAndMoreOfThemMoreConfidence() {
        Estimate one =
                new Appraisal().comparables(List.of(500L), "CNY").estimates().get(0);
        assertEquals(Confidence.LOW, one.confidence());
        Estimate five = new Appraisal()
                .comparables(List.of(500L, 100L, 300L, 900L, 200L), "CNY")
                .estimates()
                .get(0);
        assertEquals(300, five.likely().minor());
        assertEquals(Confidence.HIGH, five.confidence());
    }

    @Test
    void whatItWouldEarnIsDiscountedFromEachYearsEnd() {
        Estimate e =
                new Appraisal().income(Money.cny("100000"), 2, 60).estimates().get(0);
        assertEquals(Money.cny("183339.27"), e.likely());
    }

    @Test
    void partsAreWorthFourFifthsOfTheirSum() {
        Estimate e = new Appraisal()
                .parts(List.of(new Part("tube", 1, Money.cny("80000")), new Part("board", 4, Money.cny("5000"))), "CNY")
                .estimates()
                .get(0);
        assertEquals(Money.cny("80000"), e.likely());
        assertEquals(Money.cny("50000"), e.low());
        assertEquals(Money.cny("100000"), e.high());
    }

    @Test
    void theRangeHoldsEveryMethodAndWeighsThemByConfidence() {
        Appraisal.Range range = new Appraisal()
                .book(Money.cny("5000000"), 10, 50, TODAY.minusYears(9), TODAY)
                .comparables(List.of(60_000_000L), "CNY")
                .range();
        // (3 × 725,000 + 1 × 600,000) ÷ 4
        assertEquals(Money.cny("693750"), range.likely());
        assertEquals(Money.cny("600000"), range.low());
        assertEquals(Money.cny("797500"), range.high());
    }

    @Test
    void serviceAboveThirtyPercentAndNoMoreSupportRetireWithTwoReasons() {
        Opinion opinion = opinion("1600000", TODAY.minusDays(1), null, true, 0);
        assertEquals(Verdict.RETIRE, opinion.verdict());
        assertEquals(
                List.of(
                        new Signal(Signal.Code.SERVICE_COST, List.of("30.8", "30")),
                        new Signal(Signal.Code.END_OF_SUPPORT, List.of("2026-11-21"))),
                opinion.signals());
        assertEquals(Way.AUCTION, opinion.recommended());
    }

    @Test
    void oneSignalIsNotEnough() {
        assertEquals(Verdict.KEEP, opinion("1600000", null, null, true, 0).verdict());
        assertEquals(
                Verdict.KEEP,
                opinion("1560000", TODAY.minusDays(1), null, true, 0).verdict());
    }

    @Test
    void aRepairAboveSixtyPercentIsEnoughAlone() {
        assertEquals(Verdict.KEEP, opinion("0", null, "3120000", true, 0).verdict());
        assertEquals(Verdict.RETIRE, opinion("0", null, "3120000.01", true, 0).verdict());
    }

    @Test
    void nothingUnfitOrUnsupportedGoesToPatientsAgain() {
        Map<Way, WayOut> ways = opinion("1600000", TODAY, null, false, 900_000).waysOut().stream()
                .collect(Collectors.toMap(WayOut::way, Function.identity()));
        for (Way way : List.of(Way.KEEP, Way.REDEPLOY, Way.DONATE, Way.REFURBISH)) {
            assertFalse(ways.get(way).open(), way.name());
        }
        assertEquals("NOT_FIT", ways.get(Way.REDEPLOY).rule());
        assertEquals("NO_SUPPORT", ways.get(Way.REFURBISH).rule());
        assertTrue(ways.get(Way.RECYCLE).open());
        assertEquals(1040, ways.get(Way.RECYCLE).carbonKg());
    }

    @Test
    void partsAreAdvisedOnlyWhenTheyBringMoreThanTheWhole() {
        assertEquals(
                Way.AUCTION, opinion("1600000", TODAY, null, false, 72_500_000).recommended());
        assertEquals(
                Way.PARTS, opinion("1600000", TODAY, null, false, 72_500_100).recommended());
    }

    private static Opinion opinion(
            String service, @Nullable LocalDate endOfSupport, @Nullable String quote, boolean fit, long parts) {
        return new Opinion(
                new Opinion.Facts(
                        TODAY,
                        Money.cny("725000"),
                        Money.cny("5200000"),
                        Money.cny(service),
                        quote == null ? null : Money.cny(quote),
                        endOfSupport,
                        108,
                        120,
                        fit,
                        false,
                        parts,
                        13_000),
                RULES,
                WAYS);
    }
}

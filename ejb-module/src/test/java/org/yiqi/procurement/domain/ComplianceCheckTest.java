package org.yiqi.procurement.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yiqi.procurement.Finding;
import org.yiqi.procurement.Finding.Code;
import org.yiqi.procurement.Finding.Weight;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.PlanTerms;
import org.yiqi.procurement.domain.ComplianceCheck.IdleUnit;
import org.yiqi.procurement.domain.ComplianceCheck.RequiredParameter;
import org.yiqi.shared.Money;

class ComplianceCheckTest {

    private static final ProcurementRules RULES =
            new ProcurementRules(LocalDate.parse("2020-01-01"), 100_000_000, 90, 50, 20, 15, 30, 3_000_000_000L);

    @Test
    void aNeutralPlanWithinItsBudgetIsFoundSound() {
        assertEquals(List.of(), codes(check(List.of(), List.of()), plan("390000", "390000", "")));
    }

    @Test
    void threePurchasesOfOneClassBelowTheLineThatReachItTogetherAreSuspectedToBeOne() {
        Finding found = check(List.of(39_000_000L, 39_000_000L), List.of())
                .findings(plan("390000", "390000", ""))
                .get(0);
        assertEquals(Code.SPLIT_SUSPECTED, found.code());
        assertEquals(Weight.JUSTIFY, found.weight());
        assertEquals("3", found.facts().get(0));
    }

    @Test
    void twoPurchasesThatStayBelowTheLineTogetherAreTwoPurchases() {
        assertEquals(List.of(), codes(check(List.of(39_000_000L), List.of()), plan("390000", "390000", "")));
    }

    @Test
    void aPurchaseAboveTheLineIsNoPartOfASplitOne() {
        assertEquals(List.of(), codes(check(List.of(120_000_000L), List.of()), plan("390000", "390000", "")));
    }

    @Test
    void aPriceAboveTheBudgetBlocksThePlanByOneFen() {
        assertEquals(List.of(), codes(check(List.of(), List.of()), plan("390000.00", "390000.00", "")));
        assertEquals(
                List.of(Code.BUDGET_EXCEEDED), codes(check(List.of(), List.of()), plan("390000.01", "390000.00", "")));
    }

    @Test
    void aMakersNameInTheSpecificationIsFoundInBothScriptsButNotWithinAnotherWord() {
        ComplianceCheck check = check(List.of(), List.of());
        assertEquals(List.of(Code.BRAND_NAMED), codes(check, plan("1", "1", "like the Roche analyser")));
        assertEquals(List.of(Code.BRAND_NAMED), codes(check, plan("1", "1", "同西门子同档")));
        assertEquals(List.of(), codes(check, plan("1", "1", "a brochette of probes")));
    }

    @Test
    void aMissingParameterIsNamedInBothLanguages() {
        ComplianceCheck asking = new ComplianceCheck(
                RULES, false, Set.of(), List.of(new RequiredParameter("bore", "孔径", "Bore")), List.of(), List.of());
        assertEquals(
                List.of("孔径", "Bore"),
                asking.findings(plan("1", "1", "")).get(0).facts());
    }

    @Test
    void largeEquipmentNeedsALicenceByItsPriceOrByItsClass() {
        ComplianceCheck ordinary = check(List.of(), List.of());
        assertTrue(ordinary.isLarge(plan("30000000", "30000000", "")));
        assertFalse(ordinary.isLarge(plan("29999999.99", "30000000", "")));
        ComplianceCheck radiotherapy = new ComplianceCheck(RULES, true, Set.of(), List.of(), List.of(), List.of());
        assertEquals(List.of(Code.LICENCE_NEEDED), codes(radiotherapy, plan("1", "1", "")));
    }

    @Test
    void anEqualIdleUnitNearbyAsksForAJustification() {
        IdleUnit near = new IdleUnit("磁共振", "MRI", "市中心医院", "Central Hospital", "12");
        Finding found =
                check(List.of(), List.of(near)).findings(plan("1", "1", "")).get(0);
        assertEquals(Code.SHARE_INSTEAD, found.code());
        assertEquals(Weight.JUSTIFY, found.weight());
    }

    @Test
    void lifeCostIsThePriceTheYearsAndTheEnd() {
        PlanTerms plan = plan("100", "100", "");
        assertEquals(Money.cny("100").plus(Money.cny("22").times(10)).plus(Money.cny("5")), plan.lifeCost());
    }

    private static ComplianceCheck check(List<Long> sameClass, List<IdleUnit> idle) {
        return new ComplianceCheck(RULES, false, Set.of("roche", "西门子"), List.of(), sameClass, idle);
    }

    private static List<Code> codes(ComplianceCheck check, PlanTerms plan) {
        return check.findings(plan).stream().map(Finding::code).toList();
    }

    private static PlanTerms plan(String price, String budget, String specification) {
        return new PlanTerms(
                null,
                "Monitor",
                "MONITOR",
                1,
                Money.cny(price),
                "2026-118",
                Money.cny(budget),
                specification,
                List.of(new Parameter("Warranty", "3 years")),
                10,
                Money.cny("20"),
                Money.cny("2"),
                Money.cny("5"),
                "",
                "");
    }
}

package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

class PricingTest {

    private static final Money NONE = Money.zero("CNY");
    private static final TariffTerms WEEKS =
            TariffTerms.ofPackages("CNY", List.of(days(1, 100), days(3, 250), days(7, 500)));

    @Test
    void anMriForItsBaseAndTwoHundredTwelveExamsCosts68160() {
        TariffTerms mri =
                new TariffTerms("CNY", Money.cny("30000"), List.of(), List.of(new UseTier(1, Money.cny("180"))), NONE);
        Quote quote = Pricing.quote(mri, Duration.ofDays(30), 212, NONE);
        assertEquals(Money.cny("68160.00"), quote.total());
        assertEquals(2, quote.lines().size());
    }

    @Test
    void eightDaysAreAWeekAndADayNotTheDearestSingleLine() {
        Quote quote = Pricing.quote(WEEKS, Duration.ofDays(8), 0, NONE);
        assertEquals(Money.cny("600"), quote.total());
        assertEquals(
                List.of(7, 1), quote.lines().stream().map(QuoteLine::length).toList());
    }

    @Test
    void aLongerPackageIsTakenWhenItIsCheaperThanTheExactTime() {
        Quote quote = Pricing.quote(
                TariffTerms.ofPackages("CNY", List.of(days(1, 100), days(7, 300))), Duration.ofDays(4), 0, NONE);
        assertEquals(Money.cny("300"), quote.total());
    }

    @Test
    void aStartedDayIsAWholeDay() {
        assertEquals(
                Money.cny("200"),
                Pricing.quote(WEEKS, Duration.ofDays(1).plusMinutes(1), 0, NONE).total());
    }

    @Test
    void usesFallInPriceFromTheirTierOn() {
        TariffTerms tiers = new TariffTerms(
                "CNY",
                NONE,
                List.of(),
                List.of(new UseTier(1, Money.cny("2")), new UseTier(101, Money.cny("1"))),
                NONE);
        Quote quote = Pricing.quote(tiers, Duration.ofDays(1), 150, NONE);
        assertEquals(Money.cny("250"), quote.total());
        assertEquals(100, quote.lines().get(0).quantity());
        assertEquals(50, quote.lines().get(1).quantity());
    }

    @Test
    void theDepositIsHeldBesideThePriceAndNotInIt() {
        TariffTerms terms = new TariffTerms("CNY", NONE, List.of(days(1, 100)), List.of(), Money.cny("5000"));
        Quote quote = Pricing.quote(terms, Duration.ofDays(1), 0, NONE);
        assertEquals(Money.cny("100"), quote.total());
        assertEquals(Money.cny("5000"), quote.deposit());
    }

    @Test
    void aPriceListNamesEveryBrokenField() {
        RuleViolation refused = assertThrows(
                RuleViolation.class,
                () -> new TariffTerms(
                        "CNY",
                        Money.cny("-1"),
                        List.of(days(1, 1), days(1, 2)),
                        List.of(new UseTier(2, Money.cny("1"))),
                        Money.zero("USD")));
        assertEquals("rental.tariff-invalid", refused.code());
        List<String> fields = refused.errors().stream().map(e -> e.pointer()).toList();
        assertTrue(fields.containsAll(List.of("/base", "/packages", "/perUse", "/deposit")), fields.toString());
    }

    private static PricePackage days(int length, int price) {
        return new PricePackage(length, TimeUnit.DAY, Money.cny(Integer.toString(price)));
    }
}

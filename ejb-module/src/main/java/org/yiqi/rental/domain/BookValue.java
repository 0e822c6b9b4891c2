package org.yiqi.rental.domain;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.Period;
import org.yiqi.shared.Money;

/**
 * What a unit is worth by straight-line depreciation: whole months of its life are written off evenly, down to what is left
 * of its cost at the end.
 *
 * @param residualPercent of the cost that stays at the end of its life
 */
public record BookValue(Money cost, LocalDate acquiredOn, int lifeYears, int residualPercent) {

    private static final int MONTHS = 12;
    private static final int PERCENT = 100;

    /** On a day; the cost before it was acquired, the residual value after its life. Half a cent is rounded up. */
    public Money on(LocalDate day) {
        long life = (long) lifeYears * MONTHS;
        long age = Math.max(0, Math.min(life, Period.between(acquiredOn, day).toTotalMonths()));
        BigInteger written = BigInteger.valueOf(cost.minor())
                .multiply(BigInteger.valueOf(PERCENT - residualPercent))
                .multiply(BigInteger.valueOf(age));
        BigInteger over = BigInteger.valueOf(PERCENT).multiply(BigInteger.valueOf(life));
        BigInteger off = written.multiply(BigInteger.TWO).add(over).divide(over.multiply(BigInteger.TWO));
        return Money.ofMinor(cost.minor() - off.longValueExact(), cost.currency());
    }
}

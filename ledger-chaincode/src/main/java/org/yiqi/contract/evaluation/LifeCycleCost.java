package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a device costs from its purchase to its disposal, in minor units of one currency.
 *
 * @param price to buy it
 * @param serviceYearly to keep it in order
 * @param runningYearly energy, consumables, rooms
 * @param disposal at the end
 */
public record LifeCycleCost(long price, long serviceYearly, long runningYearly, long disposal) {

    private static final MathContext EXACT_ENOUGH = new MathContext(40, RoundingMode.HALF_EVEN);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The present value: each year's cost falls due at its end and weighs less by the discount of every year before it. */
    public long over(int years, BigDecimal discountPercent) {
        BigDecimal factor = BigDecimal.ONE.add(discountPercent.divide(HUNDRED, EXACT_ENOUGH));
        BigDecimal yearly = BigDecimal.valueOf(serviceYearly).add(BigDecimal.valueOf(runningYearly));
        BigDecimal sum = BigDecimal.valueOf(price);
        BigDecimal weight = BigDecimal.ONE;
        for (int year = 1; year <= years; year++) {
            weight = weight.multiply(factor, EXACT_ENOUGH);
            sum = sum.add(yearly.divide(weight, EXACT_ENOUGH), EXACT_ENOUGH);
        }
        return sum.add(BigDecimal.valueOf(disposal).divide(weight, EXACT_ENOUGH), EXACT_ENOUGH)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}

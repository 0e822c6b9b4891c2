package org.yiqi.disposal.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.yiqi.disposal.Confidence;
import org.yiqi.disposal.Estimate;
import org.yiqi.disposal.Method;
import org.yiqi.disposal.Value;
import org.yiqi.shared.Money;

/** What a unit is worth: by each method that the facts allow, and all of them together as a range. */
public final class Appraisal {

    /** So many past sales make their middle reliable. */
    private static final int MANY_SALES = 5;

    private final List<Estimate> estimates = new ArrayList<>();

    /**
     * What it cost less straight-line depreciation down to the residual value, by whole months. The books say one figure, the
     * market another: a tenth either way.
     */
    public Appraisal book(Money cost, int lifeYears, int residualPermille, LocalDate acquiredOn, LocalDate today) {
        long months = Math.max(0, ChronoUnit.MONTHS.between(acquiredOn, today));
        long value = bookValue(cost.minor(), lifeYears * 12L, residualPermille, months);
        long spread = value / 10;
        Confidence confidence = months >= lifeYears * 12L ? Confidence.LOW : Confidence.HIGH;
        return add(
                Method.BOOK,
                cost.currency(),
                value - spread,
                value,
                value + spread,
                confidence,
                "STRAIGHT_LINE",
                List.of(
                        cost.amount().toPlainString(),
                        Integer.toString(lifeYears),
                        percent(residualPermille),
                        Long.toString(months)));
    }

    static long bookValue(long cost, long lifeMonths, int residualPermille, long months) {
        BigInteger depreciable = BigInteger.valueOf(cost).multiply(BigInteger.valueOf(1000L - residualPermille));
        BigInteger used = depreciable
                .multiply(BigInteger.valueOf(Math.min(months, lifeMonths)))
                .divide(BigInteger.valueOf(lifeMonths * 1000L));
        return cost - used.longValueExact();
    }

    /** The middle of what devices of the class brought; fewer than one sale says nothing. */
    public Appraisal comparables(List<Long> prices, String currency) {
        if (prices.isEmpty()) {
            return this;
        }
        List<Long> sorted = new ArrayList<>(prices);
        Collections.sort(sorted);
        int n = sorted.size();
        long median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        Confidence confidence = n >= MANY_SALES ? Confidence.HIGH : n > 1 ? Confidence.MEDIUM : Confidence.LOW;
        return add(
                Method.COMPARABLES,
                currency,
                sorted.get(n / 4),
                median,
                Math.max(median, sorted.get((3 * n) / 4 < n ? (3 * n) / 4 : n - 1)),
                confidence,
                "PAST_SALES",
                List.of(Integer.toString(n)));
    }

    /** What it would still earn in the years that are left, each year's end discounted; at worst nine tenths of the years come. */
    public Appraisal income(Money yearly, int years, int discountPermille) {
        long likely = presentValue(yearly.minor(), years, discountPermille);
        long spread = likely / 4;
        return add(
                Method.INCOME,
                yearly.currency(),
                likely - spread,
                likely,
                likely + spread,
                years <= 3 ? Confidence.MEDIUM : Confidence.LOW,
                "DISCOUNTED",
                List.of(yearly.amount().toPlainString(), Integer.toString(years), percent(discountPermille)));
    }

    static long presentValue(long yearly, int years, int discountPermille) {
        BigDecimal factor = BigDecimal.valueOf(1000L + discountPermille, 3);
        BigDecimal sum = BigDecimal.ZERO;
        for (int year = 1; year <= years; year++) {
            sum = sum.add(BigDecimal.valueOf(yearly).divide(factor.pow(year), MathContext.DECIMAL64));
        }
        return sum.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** What its parts are worth to those who keep others going; at worst half of them are sold. */
    public Appraisal parts(List<Value.Part> parts, String currency) {
        if (parts.isEmpty()) {
            return this;
        }
        long sum = parts.stream()
                .mapToLong(p -> Math.multiplyExact(p.value().minor(), (long) p.count()))
                .reduce(0, Math::addExact);
        return add(
                Method.PARTS,
                currency,
                sum / 2,
                sum * 4 / 5,
                sum,
                parts.size() >= 3 ? Confidence.MEDIUM : Confidence.LOW,
                "PARTS_SUM",
                List.of(
                        Integer.toString(parts.size()),
                        BigDecimal.valueOf(sum, 2).toPlainString()));
    }

    private Appraisal add(
            Method method,
            String currency,
            long low,
            long likely,
            long high,
            Confidence confidence,
            String reason,
            List<String> facts) {
        estimates.add(new Estimate(
                method,
                Money.ofMinor(Math.min(low, likely), currency),
                Money.ofMinor(likely, currency),
                Money.ofMinor(high, currency),
                confidence,
                reason,
                facts));
        return this;
    }

    public List<Estimate> estimates() {
        return List.copyOf(estimates);
    }

    /** The methods together: lowest to highest, and between them the mean weighted by confidence (1, 2, 3). */
    public Range range() {
        long weights = 0;
        BigInteger sum = BigInteger.ZERO;
        for (Estimate e : estimates) {
            long weight = weight(e.confidence());
            weights += weight;
            sum = sum.add(BigInteger.valueOf(e.likely().minor()).multiply(BigInteger.valueOf(weight)));
        }
        if (weights == 0) {
            throw new IllegalStateException("No method was applied");
        }
        String currency = estimates.get(0).likely().currency();
        Comparator<Estimate> byLow = Comparator.comparingLong(e -> e.low().minor());
        Comparator<Estimate> byHigh = Comparator.comparingLong(e -> e.high().minor());
        return new Range(
                estimates.stream().min(byLow).orElseThrow().low(),
                Money.ofMinor(sum.divide(BigInteger.valueOf(weights)).longValueExact(), currency),
                estimates.stream().max(byHigh).orElseThrow().high(),
                confidence());
    }

    private static long weight(Confidence confidence) {
        return switch (confidence) {
            case LOW -> 1;
            case MEDIUM -> 2;
            case HIGH -> 3;
        };
    }

    /** Two methods that can be relied on agree better than one. */
    private Confidence confidence() {
        long good =
                estimates.stream().filter(e -> e.confidence() != Confidence.LOW).count();
        return good >= 2 ? Confidence.HIGH : good == 1 ? Confidence.MEDIUM : Confidence.LOW;
    }

    static String percent(long permille) {
        return BigDecimal.valueOf(permille, 1).stripTrailingZeros().toPlainString();
    }

    /** From where to where a unit's worth is. */
    public record Range(Money low, Money likely, Money high, Confidence confidence) {}
}

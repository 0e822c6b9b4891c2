package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * How a price, or a cost over the whole life, becomes points.
 *
 * @param code by which tenders name it
 * @param benchmarkPercent of the mean that is the benchmark; without meaning for {@link Kind#LOWEST}
 * @param lostAbove so much of the weight in percent is lost for each percent above the benchmark
 * @param lostBelow the same for each percent below it
 */
public record PriceFormula(
        String code, Kind kind, BigDecimal benchmarkPercent, BigDecimal lostAbove, BigDecimal lostBelow) {

    private static final Set<String> NAMES = Set.of("benchmarkPercent", "code", "kind", "lostAbove", "lostBelow");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Without its highest and lowest a mean of fewer bids says little. */
    private static final int TRIMMED_FROM = 5;

    /** What a price is held against. */
    public enum Kind {
        /** The lowest price has all points, others the lowest divided by theirs (财政部令第87号 §55: 低价优先法). */
        LOWEST,
        /** The mean of all valid prices times a percentage. */
        MEAN,
        /** The same without the highest and the lowest price, where there are five or more. */
        TRIMMED_MEAN
    }

    /** What the law prescribes for goods and services that a public buyer scores. */
    public static PriceFormula lowest() {
        return new PriceFormula("LOWEST", Kind.LOWEST, HUNDRED, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /**
     * The points of one price among all that count.
     *
     * @param prices positive, in minor units; the price is one of them
     */
    public BigDecimal points(int weight, long price, List<Long> prices) {
        BigDecimal all = BigDecimal.valueOf(weight);
        if (kind == Kind.LOWEST) {
            long lowest = prices.stream().mapToLong(Long::longValue).min().orElseThrow();
            return Decimals.quotient(BigDecimal.valueOf(lowest).multiply(all), BigDecimal.valueOf(price));
        }
        List<Long> counted = prices.stream().sorted().toList();
        if (kind == Kind.TRIMMED_MEAN && counted.size() >= TRIMMED_FROM) {
            counted = counted.subList(1, counted.size() - 1);
        }
        BigDecimal sum = counted.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        // benchmark = sum * percent / (100 n); everything is compared as a multiple of 100 n, so nothing is rounded on
        // the way.
        BigDecimal benchmark = sum.multiply(benchmarkPercent);
        BigDecimal own = BigDecimal.valueOf(price).multiply(HUNDRED).multiply(BigDecimal.valueOf(counted.size()));
        BigDecimal distance = own.subtract(benchmark);
        BigDecimal lost = distance.abs().multiply(distance.signum() > 0 ? lostAbove : lostBelow);
        BigDecimal left = benchmark.subtract(lost);
        return left.signum() <= 0 ? Decimals.points(BigDecimal.ZERO) : Decimals.quotient(left.multiply(all), benchmark);
    }

    Map<String, Object> tree() {
        return Map.of(
                "benchmarkPercent", benchmarkPercent.toPlainString(),
                "code", code,
                "kind", kind.name(),
                "lostAbove", lostAbove.toPlainString(),
                "lostBelow", lostBelow.toPlainString());
    }

    static PriceFormula read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        BigDecimal percent = Decimals.of(fields.text("benchmarkPercent"));
        if (percent.signum() == 0) {
            throw new MalformedAct("a benchmark of nothing");
        }
        return new PriceFormula(
                fields.text("code"),
                Decimals.constant(Kind.class, fields.text("kind")),
                percent,
                Decimals.of(fields.text("lostAbove")),
                Decimals.of(fields.text("lostBelow")));
    }
}

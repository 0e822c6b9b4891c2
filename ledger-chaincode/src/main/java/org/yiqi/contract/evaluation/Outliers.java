package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Whose points stand so far from the panel's that they have to be explained. */
public final class Outliers {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final int SMALLEST_PANEL = 3;

    private Outliers() {}

    /**
     * For each of the points, in their order, whether it is one.
     *
     * @param points that a panel gave one bid for one criterion
     */
    public static List<Boolean> among(List<BigDecimal> points, EvaluationRules rules) {
        int n = points.size();
        List<Boolean> out = new ArrayList<>();
        if (n < SMALLEST_PANEL) {
            points.forEach(each -> out.add(false));
            return out;
        }
        BigDecimal count = BigDecimal.valueOf(n);
        BigDecimal sum = points.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares = points.stream().map(p -> p.multiply(p)).reduce(BigDecimal.ZERO, BigDecimal::add);
        // (x - mean)² > k² · variance, both sides times n²: no root, no rounding.
        BigDecimal variance = count.multiply(squares).subtract(sum.multiply(sum));
        BigDecimal allowed = BigDecimal.valueOf((long) rules.outlierSigmas() * rules.outlierSigmas())
                .multiply(variance);
        List<BigDecimal> sorted = points.stream().sorted().toList();
        // Twice the median, so that the middle of two needs no division.
        BigDecimal median = sorted.get((n - 1) / 2).add(sorted.get(n / 2));
        BigDecimal tolerated = median.multiply(BigDecimal.valueOf(rules.outlierPercent()));
        for (BigDecimal each : points) {
            BigDecimal deviation = count.multiply(each).subtract(sum);
            boolean sigmas = deviation.multiply(deviation).compareTo(allowed) > 0;
            boolean percent =
                    each.multiply(TWO).subtract(median).abs().multiply(HUNDRED).compareTo(tolerated) > 0;
            out.add(sigmas || percent);
        }
        return out;
    }
}

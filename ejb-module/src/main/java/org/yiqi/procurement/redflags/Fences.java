package org.yiqi.procurement.redflags;

import java.util.Collection;

/**
 * Tukey's fences around a set of figures. Quartiles are median-unbiased (Hyndman and Fan's type 8), as the statistics library behind
 * Cardinal has them.
 */
record Fences(double firstQuartile, double thirdQuartile) {

    private static final double REACH = 1.5;
    private static final double THIRD = 1.0 / 3;

    static Fences of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Fences(quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    /** @param share from 0 to 1 */
    static double quantile(double[] sorted, double share) {
        int n = sorted.length;
        if (n == 0) {
            return Double.NaN;
        }
        double place = (n + THIRD) * share + THIRD;
        int below = (int) Math.floor(place);
        if (below <= 0) {
            return sorted[0];
        }
        if (below >= n) {
            return sorted[n - 1];
        }
        double lower = sorted[below - 1];
        return lower + (place - below) * (sorted[below] - lower);
    }

    double lower() {
        return firstQuartile - REACH * (thirdQuartile - firstQuartile);
    }

    double upper() {
        return thirdQuartile + REACH * (thirdQuartile - firstQuartile);
    }
}

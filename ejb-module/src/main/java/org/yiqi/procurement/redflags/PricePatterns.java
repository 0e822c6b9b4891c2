package org.yiqi.procurement.redflags;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.yiqi.procurement.redflags.ContractingProcess.Bid;
import org.yiqi.procurement.redflags.Figure.Kind;

/** How the prices of a lot lie beside each other: far apart, in equal steps, or in a ratio that two tenderers always keep. */
final class PricePatterns {

    private static final int FEWEST_FAR_APART = 3;
    private static final int FEWEST_IN_STEP = 4;
    private static final int DIGITS = 4;
    /** Of more tenderers the pairs are too many to say anything. */
    private static final int MOST_TENDERERS = 20;

    private final IndicatorSettings settings;
    private final String ocid;
    private final List<Figure> figures = new ArrayList<>();

    private PricePatterns(IndicatorSettings settings, String ocid) {
        this.settings = settings;
        this.ocid = ocid;
    }

    /** @param bids of one process, of one tenderer each */
    static List<Figure> of(IndicatorSettings settings, String ocid, List<Bid> bids) {
        Map<String, Map<String, BigDecimal>> lots = new TreeMap<>();
        for (Bid bid : bids) {
            BigDecimal amount = bid.amount();
            if (amount != null && amount.signum() > 0 && !bid.currency().isEmpty()) {
                lots.computeIfAbsent(bid.lot() + " " + bid.currency(), any -> new TreeMap<>())
                        .merge(bid.tenderers().get(0), amount, BigDecimal::min);
            }
        }
        PricePatterns patterns = new PricePatterns(settings, ocid);
        lots.forEach((lot, prices) -> {
            patterns.disparity(lot, prices);
            patterns.steps(prices);
            patterns.ratios(prices);
        });
        return patterns.figures;
    }

    private void disparity(String lot, Map<String, BigDecimal> prices) {
        if (prices.size() >= settings.number("R022.minimum_bids", FEWEST_FAR_APART)) {
            double lowest = prices.values().stream()
                    .min(Comparator.naturalOrder())
                    .orElseThrow()
                    .doubleValue();
            double highest = prices.values().stream()
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .doubleValue();
            figures.add(new Figure(ocid, Kind.DISPARITY, "", lot, (highest - lowest) / lowest, 1));
        }
    }

    /** Each price is as much above the one before it, or as many times it: the longest row of such prices. */
    private void steps(Map<String, BigDecimal> prices) {
        List<BigDecimal> sorted = prices.values().stream().distinct().sorted().toList();
        int fewest = settings.number("R023.minimum_bids", FEWEST_IN_STEP);
        if (sorted.size() < fewest) {
            return;
        }
        BigDecimal lowest = sorted.get(0);
        List<BigDecimal> added = longest(sorted, (low, high) -> rounded(high.subtract(low), lowest));
        List<BigDecimal> multiplied = longest(sorted, (low, high) -> rounded(high, low));
        List<BigDecimal> row = multiplied.size() > added.size() ? multiplied : added;
        if (row.size() >= fewest) {
            String told = String.join(
                    " : ", row.stream().map(BigDecimal::toPlainString).toList());
            figures.add(new Figure(ocid, Kind.STEPS, "", told, row.size() - 1, 1));
        }
    }

    private static List<BigDecimal> longest(List<BigDecimal> sorted, BinaryOperator<BigDecimal> step) {
        int from = 0;
        int best = 0;
        int length = 1;
        for (int i = 1; i < sorted.size(); i++) {
            boolean same = i - from > 1
                    && step.apply(sorted.get(i - 2), sorted.get(i - 1))
                                    .compareTo(step.apply(sorted.get(i - 1), sorted.get(i)))
                            == 0;
            from = same || i - from == 1 ? from : i - 1;
            if (i - from + 1 > length) {
                length = i - from + 1;
                best = from;
            }
        }
        return sorted.subList(best, best + length);
    }

    private BigDecimal rounded(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, MathContext.DECIMAL64)
                .setScale(settings.number("R023.digits", DIGITS), RoundingMode.HALF_UP);
    }

    private void ratios(Map<String, BigDecimal> prices) {
        if (prices.size() > MOST_TENDERERS) {
            return;
        }
        Set<String> done = new HashSet<>();
        prices.forEach((one, price) -> {
            done.add(one);
            prices.forEach((other, otherPrice) -> {
                BigDecimal ratio = rounded(otherPrice, price);
                // The same price is another indicator's matter.
                if (!done.contains(other) && ratio.compareTo(BigDecimal.ONE) != 0) {
                    figures.add(new Figure(ocid, Kind.RATIO, one, other, ratio.doubleValue(), 1));
                }
            });
        });
    }
}

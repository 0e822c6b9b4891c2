package org.yiqi.contract.evaluation;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whether a price is so low that its bidder must explain it before it can win. The two comparisons are those of Ukraine's public
 * procurement (Закон № 922-VIII §1(1)(3): 40 % below the mean of the others, 30 % below the next); the duty to explain is that of
 * 财政部令第87号 §60.
 */
public final class LowPrice {

    /** Against what a price is abnormally low. */
    public enum Reason {
        MEAN,
        NEXT
    }

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private LowPrice() {}

    /**
     * The reasons against each price that has one.
     *
     * @param prices of the valid bids of one lot, in minor units
     */
    public static Map<UUID, Set<Reason>> among(Map<UUID, Long> prices, EvaluationRules rules) {
        Map<UUID, Set<Reason>> found = new TreeMap<>();
        BigInteger sum = prices.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        List<Long> sorted =
                prices.values().stream().sorted(Comparator.naturalOrder()).toList();
        prices.forEach((bid, price) -> {
            Set<Reason> reasons = EnumSet.noneOf(Reason.class);
            BigInteger own = BigInteger.valueOf(price);
            int others = prices.size() - 1;
            if (prices.size() >= rules.lowAmong()
                    && below(own.multiply(BigInteger.valueOf(others)), sum.subtract(own), rules.lowBelowMean())) {
                reasons.add(Reason.MEAN);
            }
            sorted.stream()
                    .filter(other -> other > price)
                    .findFirst()
                    .filter(next -> below(own, BigInteger.valueOf(next), rules.lowBelowNext()))
                    .ifPresent(next -> reasons.add(Reason.NEXT));
            if (!reasons.isEmpty()) {
                found.put(bid, reasons);
            }
        });
        return found;
    }

    private static boolean below(BigInteger price, BigInteger reference, int percent) {
        return price.multiply(HUNDRED).compareTo(reference.multiply(BigInteger.valueOf(100L - percent))) <= 0;
    }
}

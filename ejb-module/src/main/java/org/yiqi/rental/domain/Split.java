package org.yiqi.rental.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.contract.Share;
import org.yiqi.shared.Money;

/**
 * How a damage is divided: weighed causes become exact fractions that sum to one, and a sum of money becomes parts that sum
 * to it to the cent. What does not divide goes to the largest remainders, earlier organisations first.
 */
public final class Split {

    private final List<Share> shares;

    private Split(List<Share> shares) {
        this.shares = List.copyOf(shares);
    }

    /** One cause: who answers for it and what it weighs. */
    public record Weight(UUID org, int weight) {
        public Weight {
            if (weight < 1) {
                throw new IllegalArgumentException("a cause weighs something");
            }
        }
    }

    /** Weights of one organisation add up; at least one cause is needed. */
    public static Split of(List<Weight> weights) {
        Map<UUID, Long> sums = new LinkedHashMap<>();
        weights.forEach(w -> sums.merge(w.org(), (long) w.weight(), Long::sum));
        long whole = sums.values().stream().mapToLong(Long::longValue).sum();
        List<Share> shares = new ArrayList<>();
        sums.forEach((org, weight) -> {
            long common =
                    BigInteger.valueOf(weight).gcd(BigInteger.valueOf(whole)).longValueExact();
            shares.add(new Share(org, weight / common, whole / common));
        });
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("nobody bears anything");
        }
        return new Split(shares);
    }

    public List<Share> shares() {
        return shares;
    }

    /** Each organisation's part of an amount, in the order of the shares. */
    public Map<UUID, Money> of(Money amount) {
        BigInteger minor = BigInteger.valueOf(amount.minor());
        Map<UUID, Long> parts = new LinkedHashMap<>();
        List<Rest> rests = new ArrayList<>();
        long given = 0;
        for (Share share : shares) {
            BigInteger[] divided = minor.multiply(BigInteger.valueOf(share.numerator()))
                    .divideAndRemainder(BigInteger.valueOf(share.denominator()));
            long part = divided[0].longValueExact();
            parts.put(share.org(), part);
            given += part;
            rests.add(new Rest(share.org(), divided[1], BigInteger.valueOf(share.denominator())));
        }
        rests.sort(Comparator.comparing(Rest::unlike));
        for (int i = 0; i < amount.minor() - given; i++) {
            parts.merge(rests.get(i).org(), 1L, Long::sum);
        }
        Map<UUID, Money> money = new LinkedHashMap<>();
        parts.forEach((org, part) -> money.put(org, Money.ofMinor(part, amount.currency())));
        return money;
    }

    /** What was left over of a part, as a fraction of a cent. */
    private record Rest(UUID org, BigInteger remainder, BigInteger of) {

        /** Sorts the largest first; equal ones keep their order. */
        Fraction unlike() {
            return new Fraction(remainder, of);
        }
    }

    private record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
        @Override
        public int compareTo(Fraction other) {
            return other.numerator.multiply(denominator).compareTo(numerator.multiply(other.denominator));
        }
    }
}

package org.yiqi.disposal.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/**
 * How an auction stands and what a bid does to it. Bids are judged one after the other, in the order in which they got the
 * auction's lock; the moment of a bid is taken then. A bid at the very instant of the end is late.
 *
 * @param best the highest bid so far, unless bids are sealed
 */
public record Bidding(
        AuctionKind kind,
        long start,
        long step,
        int stepSeconds,
        Instant opensAt,
        Instant closesAt,
        @Nullable Long best) {

    /** A Dutch price falls by one hundredth of the start at a time, at most so often. */
    public static final int DUTCH_STEPS = 99;

    /** Where an auction is by the clock. */
    public enum Phase {
        /** Listed; its description may still be corrected. */
        RECTIFICATION,
        BIDDING,
        /** Sealed bids are opened by those who made them. */
        REVEALING,
        OVER
    }

    public Phase phase(Instant now, @Nullable Instant revealUntil) {
        if (now.isBefore(opensAt)) {
            return Phase.RECTIFICATION;
        }
        if (now.isBefore(closesAt)) {
            return Phase.BIDDING;
        }
        return revealUntil != null && now.isBefore(revealUntil) ? Phase.REVEALING : Phase.OVER;
    }

    /** What the next bid has to be at least; for a Dutch auction what it is now. */
    public long least(Instant now) {
        if (kind == AuctionKind.DUTCH) {
            return dutchPrice(now);
        }
        return best == null ? start : Math.addExact(best, step);
    }

    private long dutchPrice(Instant now) {
        long fallen =
                Math.min(DUTCH_STEPS, Math.max(0, Duration.between(opensAt, now).toSeconds() / stepSeconds));
        return Math.max(1, start * (100 - fallen) / 100);
    }

    /**
     * Judges a bid.
     *
     * @return the end of the auction after it: moved for a bid shortly before the end, at once for a Dutch one
     * @throws Conflict {@code disposal.auction-not-open}, {@code disposal.auction-over}
     * @throws RuleViolation {@code disposal.bid-too-low}, {@code disposal.bid-not-the-price}
     */
    public Instant take(long amount, Instant now, DisposalRules rules) {
        refuseWhenShut(now);
        if (kind == AuctionKind.DUTCH) {
            if (best != null) {
                throw new Conflict("disposal.auction-over", "Another bidder took the price");
            }
            if (amount != dutchPrice(now)) {
                throw new RuleViolation("disposal.bid-not-the-price", "The price has moved on")
                        .at("/amount", "the price of this moment");
            }
            return now;
        }
        if (amount < least(now)) {
            throw new RuleViolation("disposal.bid-too-low", "A bid is higher than the last by the step")
                    .at("/amount", "at least the next step");
        }
        boolean lastMoments = !closesAt.minusSeconds(rules.snipeSeconds()).isAfter(now);
        Instant extended = now.plusSeconds(rules.extensionSeconds());
        return lastMoments && extended.isAfter(closesAt) ? extended : closesAt;
    }

    /** @throws Conflict {@code disposal.auction-not-open}, {@code disposal.auction-over} */
    public void refuseWhenShut(Instant now) {
        if (now.isBefore(opensAt)) {
            throw new Conflict("disposal.auction-not-open", "Bidding has not begun");
        }
        if (!now.isBefore(closesAt)) {
            throw new Conflict("disposal.auction-over", "The auction is over");
        }
    }

    /** A bid whose amount is known. */
    public record Offer(int seq, UUID org, long amount) {}

    /** Each bidder's best bid, highest first; of equal ones the earlier. */
    public static List<Offer> ranking(List<Offer> bids) {
        Map<UUID, Offer> bestOf = new HashMap<>();
        for (Offer bid : bids) {
            bestOf.merge(bid.org, bid, (a, b) -> BEST_FIRST.compare(a, b) <= 0 ? a : b);
        }
        List<Offer> ranking = new ArrayList<>(bestOf.values());
        ranking.sort(BEST_FIRST);
        return ranking;
    }

    private static final Comparator<Offer> BEST_FIRST =
            Comparator.comparingLong(Offer::amount).reversed().thenComparingInt(Offer::seq);

    /** Why the best bid does not simply win, if there is a reason. */
    public static Optional<String> pause(List<Offer> ranking, long reserve, long appraised, DisposalRules rules) {
        if (ranking.isEmpty()) {
            return Optional.of("NO_BIDS");
        }
        long best = ranking.get(0).amount();
        if (best < reserve) {
            return Optional.of("BELOW_RESERVE");
        }
        return rules.isTooLow(best, appraised) ? Optional.of("BELOW_SHARE") : Optional.empty();
    }
}

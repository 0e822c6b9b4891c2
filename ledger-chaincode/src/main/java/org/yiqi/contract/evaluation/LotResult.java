package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came out for one lot: all its bids, those that are ranked first, in their order. */
public record LotResult(String lot, Outcome outcome, List<Standing> standings) {

    /** Whether the lot can be awarded. */
    public enum Outcome {
        RANKED,
        /** Fewer valid bids than the law asks for. */
        TOO_FEW
    }

    /** What became of a bid. */
    public enum Fate {
        VALID,
        /** The panel's majority says that a mandatory requirement is not met. */
        NOT_QUALIFIED,
        /** It names no price, or lacks a figure that is weighed. */
        INCOMPLETE,
        ABOVE_CEILING,
        /** Its abnormally low price was not explained. */
        LOW_PRICE
    }

    /**
     * One bid.
     *
     * @param amount in minor units; null before prices are open
     * @param cost over the whole life; null where that is not weighed
     * @param technical points of the panel, of price and of cost, and all together
     * @param low why its price has to be explained; empty when it has not
     * @param rank from 1; 0 for one that is not valid
     */
    public record Standing(
            UUID bid,
            Fate fate,
            @Nullable Long amount,
            @Nullable Long cost,
            BigDecimal technical,
            BigDecimal price,
            BigDecimal lifeCycle,
            BigDecimal total,
            Set<LowPrice.Reason> low,
            int rank) {

        public Standing {
            low = Set.copyOf(low);
        }
    }

    public LotResult {
        standings = List.copyOf(standings);
    }

    /** The bids that are still in it. */
    public List<UUID> valid() {
        return standings.stream()
                .filter(each -> each.fate() == Fate.VALID)
                .map(Standing::bid)
                .toList();
    }

    /** One bid's standing. */
    public Standing of(UUID bid) {
        return standings.stream()
                .filter(each -> each.bid().equals(bid))
                .findFirst()
                .orElseThrow();
    }
}

package org.yiqi.procurement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.shared.Amount;

/**
 * How the judging of a tender stands, as far as the caller may know.
 *
 * @param formula by which prices become points
 * @param seats the panel with who was there before them
 * @param sheets how many sheets there are, and how many of them are locked
 * @param results empty until all sheets are locked
 * @param lowPrices empty until prices are open
 */
public record EvaluationView(
        UUID tenderId,
        long version,
        EvaluationState state,
        LocalDate rulesOf,
        String formula,
        int panel,
        int experts,
        List<SeatView> seats,
        int sheets,
        int locked,
        List<BidLine> bids,
        List<LotResult> results,
        List<LowPriceView> lowPrices,
        List<Decision> decisions,
        List<Document> documents) {

    public EvaluationView {
        seats = List.copyOf(seats);
        bids = List.copyOf(bids);
        results = List.copyOf(results);
        lowPrices = List.copyOf(lowPrices);
        decisions = List.copyOf(decisions);
        documents = List.copyOf(documents);
    }

    /** Whose a bid is. */
    public record BidLine(UUID bid, String lot, UUID bidder) {}

    /** A published document, whose root the act carries. */
    public record Document(
            String envelope, String root, @Nullable UUID actId) {}

    /**
     * What became of a lot.
     *
     * @param bid null if the lot failed
     * @param reason why it failed, or why a better bid was passed over
     */
    public record Decision(
            String lot,
            @Nullable UUID bid,
            @Nullable UUID bidder,
            @Nullable Amount amount,
            String failedAs,
            String reason,
            @Nullable UUID actId,
            Instant at) {}

    /** The result of a lot, or null while there is none. */
    public @Nullable LotResult result(String lot) {
        return results.stream()
                .filter(each -> each.lot().equals(lot))
                .findFirst()
                .orElse(null);
    }

    /** Whose a bid is; null for a bid that is not of this tender. */
    public @Nullable UUID bidder(UUID bid) {
        return bids.stream()
                .filter(each -> each.bid().equals(bid))
                .map(BidLine::bidder)
                .findFirst()
                .orElse(null);
    }
}

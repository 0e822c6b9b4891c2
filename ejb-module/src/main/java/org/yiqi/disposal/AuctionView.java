package org.yiqi.disposal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * An auction as everybody who is signed in sees it; the last components are the reader's own.
 *
 * @param phase where it is by the clock: RECTIFICATION, BIDDING, REVEALING or OVER
 * @param least what the next bid has to be at least; for a Dutch auction the price of this moment
 * @param best the highest amount known
 * @param board all bids in their one order, by place instead of name
 * @param reserve for the owner and regulators alone
 * @param ranking who may buy, in order: for the owner and regulators alone
 * @param mine the reader's own part, or null
 */
public record AuctionView(
        UUID id,
        long version,
        String number,
        int round,
        UUID disposalId,
        UUID unitId,
        UUID ownerId,
        String unitZh,
        String unitEn,
        String category,
        String condition,
        String regionCode,
        String description,
        AuctionKind kind,
        AuctionState state,
        String phase,
        String pauseCode,
        Money start,
        Money step,
        int stepSeconds,
        Money deposit,
        Money least,
        @Nullable Money best,
        int bids,
        int bidders,
        Instant listedAt,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant revealUntil,
        List<Bid> board,
        @Nullable Money reserve,
        List<Rank> ranking,
        @Nullable Mine mine) {

    public AuctionView {
        board = List.copyOf(board);
        ranking = List.copyOf(ranking);
    }

    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** What is counted down to. */
    public Instant next() {
        Instant reveal = revealUntil;
        return switch (phase) {
            case "RECTIFICATION" -> opensAt;
            case "REVEALING" -> reveal == null ? closesAt : reveal;
            default -> closesAt;
        };
    }

    /** One bid on the board. A sealed one shows its digest until it is revealed. */
    public record Bid(
            int seq,
            Instant at,
            @Nullable Money amount,
            @Nullable String digest,
            int place,
            boolean mine) {}

    /** Someone who may buy. */
    public record Rank(int position, UUID organisationId, Money amount, String state) {}

    /** The reader's own deposit and place. */
    public record Mine(int place, Money deposit, String state) {}
}

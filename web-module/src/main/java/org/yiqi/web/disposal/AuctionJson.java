package org.yiqi.web.disposal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.disposal.AuctionState;
import org.yiqi.disposal.AuctionView;
import org.yiqi.shared.Amount;

/** An auction as the API shows it. */
public record AuctionJson(
        UUID id,
        String number,
        int round,
        UUID unitId,
        UUID ownerId,
        String category,
        String condition,
        String regionCode,
        String description,
        AuctionKind kind,
        AuctionState state,
        String phase,
        String pauseCode,
        Amount start,
        Amount step,
        int stepSeconds,
        Amount deposit,
        Amount least,
        @Nullable Amount best,
        int bidders,
        Instant listedAt,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant revealUntil,
        List<BidJson> bids,
        @Nullable Amount reserve,
        List<RankJson> ranking,
        @Nullable MineJson mine) {

    static AuctionJson of(AuctionView a) {
        AuctionView.Mine mine = a.mine();
        return new AuctionJson(
                a.id(),
                a.number(),
                a.round(),
                a.unitId(),
                a.ownerId(),
                a.category(),
                a.condition(),
                a.regionCode(),
                a.description(),
                a.kind(),
                a.state(),
                a.phase(),
                a.pauseCode(),
                Amount.of(a.start()),
                Amount.of(a.step()),
                a.stepSeconds(),
                Amount.of(a.deposit()),
                Amount.of(a.least()),
                Amount.ofNullable(a.best()),
                a.bidders(),
                a.listedAt(),
                a.opensAt(),
                a.closesAt(),
                a.revealUntil(),
                a.board().stream()
                        .map(b -> new BidJson(
                                b.seq(), b.at(), Amount.ofNullable(b.amount()), b.digest(), b.place(), b.mine()))
                        .toList(),
                Amount.ofNullable(a.reserve()),
                a.ranking().stream()
                        .map(r -> new RankJson(r.position(), r.organisationId(), Amount.of(r.amount()), r.state()))
                        .toList(),
                mine == null ? null : new MineJson(mine.place(), Amount.of(mine.deposit()), mine.state()));
    }

    /** A bid on the board; the place stands for its bidder. */
    public record BidJson(
            int seq,
            Instant at,
            @Nullable Amount amount,
            @Nullable String digest,
            int place,
            boolean mine) {}

    /** Someone who may buy. */
    public record RankJson(int position, UUID organisationId, Amount amount, String state) {}

    /** The reader's own part. */
    public record MineJson(int place, Amount deposit, String state) {}
}

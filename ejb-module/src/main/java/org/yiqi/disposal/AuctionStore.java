package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionView.Mine;
import org.yiqi.disposal.AuctionView.Rank;
import org.yiqi.disposal.domain.Bidding;
import org.yiqi.disposal.domain.Bidding.Offer;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;

/** Auctions, their bidders, bids and ranking as rows. */
@ApplicationScoped
class AuctionStore {

    @Inject
    Sql sql;

    /** An auction as its rules need it. */
    record Auction(
            UUID id,
            UUID disposalId,
            int round,
            UUID unitId,
            UUID ownerId,
            AuctionState state,
            String pauseCode,
            String currency,
            int bids,
            @Nullable Instant revealUntil,
            Bidding bidding) {

        Bidding.Phase phase(Instant now) {
            return bidding.phase(now, revealUntil);
        }
    }

    /** A bidder with its deposit. */
    record Bidder(UUID org, UUID depositId, Money deposit, int place, String state) {}

    Auction get(UUID id) {
        return find(id, "");
    }

    /** Reads an auction and keeps others from bidding until the transaction ends: this is what puts bids in one order. */
    Auction lock(UUID id) {
        return find(id, " for update");
    }

    private Auction find(UUID id, String how) {
        return sql.first("select * from disposal.auction where id = ?" + how, AuctionStore::auction, id)
                .orElseThrow(() -> new NotFound("disposal.auction-not-found", "No such auction"));
    }

    private static Auction auction(ResultSet rs) throws SQLException {
        long best = rs.getLong("best_minor");
        Long known = rs.wasNull() ? null : best;
        return new Auction(
                rs.getObject("id", UUID.class),
                rs.getObject("disposal_id", UUID.class),
                rs.getInt("round"),
                rs.getObject("unit_id", UUID.class),
                rs.getObject("owner_id", UUID.class),
                AuctionState.valueOf(rs.getString("state")),
                rs.getString("pause_code"),
                rs.getString("currency"),
                rs.getInt("bids"),
                Sql.instant(rs, "reveal_until"),
                new Bidding(
                        AuctionKind.valueOf(rs.getString("kind")),
                        rs.getLong("start_minor"),
                        rs.getLong("step_minor"),
                        rs.getInt("step_seconds"),
                        rs.getTimestamp("opens_at").toInstant(),
                        rs.getTimestamp("closes_at").toInstant(),
                        known));
    }

    Optional<Bidder> bidder(UUID auction, UUID org, String currency) {
        return bidders(auction, currency).stream()
                .filter(b -> b.org.equals(org))
                .findFirst();
    }

    List<Bidder> bidders(UUID auction, String currency) {
        return sql.list(
                "select * from disposal.bidder where auction_id = ? order by place",
                rs -> new Bidder(
                        rs.getObject("org_id", UUID.class),
                        rs.getObject("deposit_id", UUID.class),
                        Money.ofMinor(rs.getLong("deposit_minor"), currency),
                        rs.getInt("place"),
                        rs.getString("state")),
                auction);
    }

    /** @return whether the deposit was held until now */
    boolean endDeposit(UUID auction, UUID org, String state) {
        return sql.update(
                        "update disposal.bidder set state = ? where auction_id = ? and org_id = ? and state = 'HELD'",
                        state,
                        auction,
                        org)
                == 1;
    }

    /** Bids whose amount is known. */
    List<Offer> offers(UUID auction) {
        return sql.list(
                "select seq, org_id, amount_minor from disposal.bid where auction_id = ? and amount_minor is not null order by seq",
                rs -> new Offer(rs.getInt(1), rs.getObject(2, UUID.class), rs.getLong(3)),
                auction);
    }

    /** Those who handed in a sealed bid and did not say what is in it. */
    List<UUID> silent(UUID auction) {
        return sql.list(
                "select distinct org_id from disposal.bid where auction_id = ? and digest is not null and amount_minor is null",
                rs -> rs.getObject(1, UUID.class),
                auction);
    }

    long reserve(UUID auction) {
        return sql.first(
                        "select reserve_minor from disposal.reserve where auction_id = ?", rs -> rs.getLong(1), auction)
                .orElseThrow(() -> new NotFound("disposal.auction-not-found", "No such auction"));
    }

    List<Rank> ranking(UUID auction, String currency) {
        return sql.list(
                "select * from disposal.rank where auction_id = ? order by position",
                rs -> new Rank(
                        rs.getInt("position"),
                        rs.getObject("org_id", UUID.class),
                        Money.ofMinor(rs.getLong("amount_minor"), currency),
                        rs.getString("state")),
                auction);
    }

    void rank(UUID auction, int position, String state) {
        sql.update(
                "update disposal.rank set state = ? where auction_id = ? and position = ?", state, auction, position);
    }

    void move(UUID auction, AuctionState state, String pauseCode) {
        sql.update(
                "update disposal.auction set version = version + 1, state = ?, pause_code = ? where id = ?",
                state.name(),
                pauseCode,
                auction);
    }

    /** Whether an organisation may buy what hospitals dispose of: qualified, and licensed to treat it. */
    boolean isQualified(UUID org, LocalDate day) {
        return sql.with(c -> LedgerWide.on(c, () -> sql.exists("""
                select 1 from organisation.organisation o where o.id = ? and o.kind = 'RECYCLER' and o.status = 'APPROVED'
                   and not organisation.is_expired(o.id, ?)
                   and not exists (select 1 from organisation.purpose_rule p where p.purpose = 'WASTE_TREATMENT'
                        and p.valid_from <= ? and (p.valid_to is null or p.valid_to >= ?)
                        and not organisation.has_valid_credential(o.id, p.credential_type, ?))""", org, day, day, day, day)));
    }

    AuctionView view(UUID id, @Nullable UUID reader, Instant now) {
        return sql.first("select * from disposal.auction where id = ?", rs -> view(rs, reader, now), id)
                .orElseThrow(() -> new NotFound("disposal.auction-not-found", "No such auction"));
    }

    private AuctionView view(ResultSet rs, @Nullable UUID reader, Instant now) throws SQLException {
        Auction a = auction(rs);
        Bidding b = a.bidding;
        String currency = a.currency;
        Bidder mine = reader == null ? null : bidder(a.id, reader, currency).orElse(null);
        return new AuctionView(
                a.id,
                rs.getLong("version"),
                rs.getString("number"),
                a.round,
                a.disposalId,
                a.unitId,
                a.ownerId,
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("category"),
                rs.getString("condition"),
                rs.getString("region_code"),
                rs.getString("description"),
                b.kind(),
                a.state,
                a.state == AuctionState.RUNNING ? a.phase(now).name() : "OVER",
                a.pauseCode,
                Money.ofMinor(b.start(), currency),
                Money.ofMinor(b.step(), currency),
                b.stepSeconds(),
                Money.ofMinor(rs.getLong("deposit_minor"), currency),
                Money.ofMinor(b.least(now), currency),
                b.best() == null ? null : Money.ofMinor(b.best(), currency),
                a.bids,
                sql.first("select disposal.places(?)", p -> p.getInt(1), a.id).orElse(0),
                rs.getTimestamp("listed_at").toInstant(),
                b.opensAt(),
                b.closesAt(),
                a.revealUntil,
                sql.list(
                        "select * from disposal.board(?,?)",
                        bid -> new AuctionView.Bid(
                                bid.getInt("seq"),
                                bid.getTimestamp("at").toInstant(),
                                DisposalStore.money(bid, "amount_minor", currency),
                                bid.getString("digest"),
                                bid.getInt("place"),
                                bid.getBoolean("mine")),
                        a.id,
                        reader),
                sql.first(
                                "select reserve_minor from disposal.reserve where auction_id = ?",
                                r -> Money.ofMinor(r.getLong(1), currency),
                                a.id)
                        .orElse(null),
                ranking(a.id, currency),
                mine == null ? null : new Mine(mine.place, mine.deposit, mine.state));
    }

    static AuctionRow row(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        return new AuctionRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getObject("unit_id", UUID.class),
                rs.getObject("owner_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("category"),
                rs.getString("condition"),
                rs.getString("region_code"),
                AuctionKind.valueOf(rs.getString("kind")),
                AuctionState.valueOf(rs.getString("state")),
                Amount.of(Money.ofMinor(rs.getLong("start_minor"), currency)),
                Amount.ofNullable(DisposalStore.money(rs, "best_minor", currency)),
                Amount.of(Money.ofMinor(rs.getLong("deposit_minor"), currency)),
                rs.getInt("bids"),
                rs.getTimestamp("opens_at").toInstant(),
                rs.getTimestamp("closes_at").toInstant());
    }
}

package org.yiqi.disposal;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.disposal.AuctionStore.Auction;
import org.yiqi.disposal.domain.Bidding;
import org.yiqi.disposal.domain.Bidding.Offer;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** What the clock does to disposals: auctions end, winners who did not pay lose their turn, certificates become overdue. */
@Stateless
@Secured
@PermitAll
@RunAs(Roles.SYSTEM)
public class AuctionClosing {

    @Inject
    Sql sql;

    @Inject
    AuctionStore auctions;

    @Inject
    DisposalStore disposals;

    @Inject
    Succession succession;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Auctions whose end has come. */
    public List<UUID> ended() {
        checkSystem();
        return ids(
                "select id from disposal.auction where state = 'RUNNING' and coalesce(reveal_until, closes_at) <= ? order by closes_at limit 100",
                clock.instant());
    }

    /** Ends an auction: whoever kept a sealed bid to itself loses the deposit, the others are ranked. */
    public void end(UUID id) {
        checkSystem();
        UUID disposalId = auctions.get(id).disposalId();
        DisposalView disposal = disposals.lock(disposalId);
        Auction auction = auctions.lock(id);
        Instant now = clock.instant();
        if (auction.state() != AuctionState.RUNNING || auction.phase(now) != Bidding.Phase.OVER) {
            return;
        }
        auctions.silent(id).forEach(org -> succession.forfeit(auction, org));
        List<Offer> ranking = Bidding.ranking(auctions.offers(id));
        long reserve = auctions.reserve(id);
        long appraised = DisposalApprovals.valuation(disposal).likely().minor();
        Optional<String> pause = Bidding.pause(ranking, reserve, appraised, disposals.rules(Disposals.today(now)));
        int position = 0;
        for (Offer offer : ranking) {
            if (offer.amount() >= reserve) {
                sql.update(
                        "insert into disposal.rank(auction_id, position, org_id, owner_id, amount_minor, state) values (?,?,?,?,?, 'WAITING')",
                        id,
                        ++position,
                        offer.org(),
                        auction.ownerId(),
                        offer.amount());
            }
        }
        if (!ranking.isEmpty()) {
            sql.update(
                    "update disposal.auction set best_minor = ? where id = ?",
                    ranking.get(0).amount(),
                    id);
        }
        if (pause.isPresent()) {
            succession.pause(auction, pause.get());
        } else {
            succession.choose(auction, auctions.ranking(id, auction.currency()).get(0));
        }
        audit.write("disposal.auction-ended", id.toString(), Map.of("bids", auction.bids(), "pause", pause.orElse("")));
    }

    /** Disposals whose winner had to pay by now. */
    public List<UUID> unpaid() {
        checkSystem();
        return ids(
                "select id from disposal.disposal where state = 'AWAIT_PAYMENT' and pay_by <= ? order by pay_by limit 100",
                clock.instant());
    }

    /** The winner loses deposit and turn, once. */
    public void passOver(UUID id) {
        checkSystem();
        DisposalView disposal = disposals.lock(id);
        Instant payBy = disposal.payBy();
        if (disposal.state() == DisposalState.AWAIT_PAYMENT
                && payBy != null
                && !clock.instant().isBefore(payBy)) {
            succession.defaulted(disposal);
        }
    }

    /** Marks whose certificate of the end is missing beyond its time. */
    public void markOverdue() {
        checkSystem();
        for (UUID id : ids("""
                update disposal.disposal set overdue = true, version = version + 1
                 where state = 'HANDED_OVER' and not overdue and certificate_by <= ? returning id""", clock.instant())) {
            audit.write("disposal.certificate-overdue", id.toString(), Map.of());
        }
    }

    private List<UUID> ids(String query, Instant now) {
        return sql.list(query, rs -> rs.getObject(1, UUID.class), now);
    }

    private void checkSystem() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("disposal.system-only", "Only the application itself does this");
        }
    }
}

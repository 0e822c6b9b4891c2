package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.Journal;
import org.yiqi.disposal.AuctionStore.Auction;
import org.yiqi.disposal.AuctionView.Rank;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;

/** Whose turn it is to buy, who steps in, and what becomes of the deposits. */
@ApplicationScoped
class Succession {

    @Inject
    DisposalStore store;

    @Inject
    AuctionStore auctions;

    @Inject
    Units units;

    @Inject
    Journal journal;

    @Inject
    AuditLog audit;

    /** The winner did not pay in time: the deposit is the owner's, once, and the next steps in. */
    void defaulted(DisposalView disposal) {
        Auction auction = auctions.lock(auctionOf(disposal));
        Rank winner = chosen(auction);
        auctions.rank(auction.id(), winner.position(), "DEFAULTED");
        forfeit(auction, winner.organisationId());
        audit.write(
                "disposal.winner-defaulted",
                disposal.id().toString(),
                Map.of("org", winner.organisationId().toString()));
        stepIn(disposal, auction);
    }

    /** The next in order, unless its bid is too low or there is none. */
    void stepIn(DisposalView disposal, Auction auction) {
        units.hide(disposal.id());
        Rank next = waiting(auction);
        if (next == null) {
            pause(auction, "NO_BIDS");
            return;
        }
        DisposalRules rules = store.rules();
        if (rules.isTooLow(
                next.amount().minor(),
                DisposalApprovals.valuation(disposal).likely().minor())) {
            pause(auction, "BELOW_SHARE");
        } else {
            choose(auction, next);
        }
    }

    /** Nobody gets the unit: the auction ends, and every deposit that is held goes back. */
    void callOff(DisposalView disposal) {
        Auction auction = auctions.lock(auctionOf(disposal));
        releaseAll(auction);
        auctions.move(auction.id(), AuctionState.ENDED, auction.pauseCode());
    }

    void pause(Auction auction, String code) {
        auctions.move(auction.id(), AuctionState.PAUSED, code);
        store.move(
                auction.disposalId(), DisposalState.PAUSED, ", recycler_id = null, price_minor = null, pay_by = null");
    }

    /** Somebody may buy, once the owner has looked at it. */
    void choose(Auction auction, @Nullable Rank next) {
        if (next == null) {
            throw new Conflict("disposal.nothing-bid", "There is no bid to go on with");
        }
        auctions.rank(auction.id(), next.position(), "CHOSEN");
        auctions.move(auction.id(), AuctionState.SOLD, "");
        store.move(
                auction.disposalId(),
                DisposalState.VERIFYING,
                ", recycler_id = null, price_minor = null, pay_by = null");
    }

    void forfeit(Auction auction, UUID org) {
        Money amount = deposit(auction, org);
        if (auctions.endDeposit(auction.id(), org, "FORFEITED")) {
            journal.depositForfeited(depositId(auction, org), auction.ownerId(), org, amount);
        }
    }

    void release(Auction auction, UUID org) {
        Money amount = deposit(auction, org);
        if (auctions.endDeposit(auction.id(), org, "RELEASED")) {
            journal.depositReleased(depositId(auction, org), auction.ownerId(), org, amount);
        }
    }

    void releaseAll(Auction auction) {
        auctions.bidders(auction.id(), auction.currency()).forEach(b -> release(auction, b.org()));
    }

    private Money deposit(Auction auction, UUID org) {
        return auctions.bidder(auction.id(), org, auction.currency())
                .orElseThrow()
                .deposit();
    }

    private UUID depositId(Auction auction, UUID org) {
        return auctions.bidder(auction.id(), org, auction.currency())
                .orElseThrow()
                .depositId();
    }

    Rank chosen(Auction auction) {
        return auctions.ranking(auction.id(), auction.currency()).stream()
                .filter(r -> r.state().equals("CHOSEN"))
                .findFirst()
                .orElseThrow(() -> new Conflict("disposal.wrong-state", "Nobody has won"));
    }

    @Nullable
    Rank waiting(Auction auction) {
        return auctions.ranking(auction.id(), auction.currency()).stream()
                .filter(r -> r.state().equals("WAITING"))
                .findFirst()
                .orElse(null);
    }

    static UUID auctionOf(DisposalView disposal) {
        UUID auction = disposal.auctionId();
        if (auction == null) {
            throw new Conflict("disposal.wrong-state", "The unit was not auctioned");
        }
        return auction;
    }
}

package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.Journal;
import org.yiqi.disposal.AuctionStore.Auction;
import org.yiqi.disposal.AuctionView.Rank;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Who gets the unit: the committee decides on a low price, the owner verifies the winner, who pays or is stepped in for. */
@Stateless
@Secured
public class AuctionAwards {

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    AuctionStore auctionStore;

    @Inject
    Listings listings;

    @Inject
    Succession succession;

    @Inject
    Units units;

    @Inject
    Journal journal;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** What the committee can decide on an auction that brought too little. */
    public enum Decision {
        /** Sell at the price that was bid. */
        GO_ON,
        /** Auction again, the reserve lower. */
        RELIST
    }

    /**
     * The committee decides on a paused auction, never who proposed the disposal.
     *
     * @param again when the next round begins and ends; only for RELIST
     * @throws Conflict {@code disposal.not-paused}, {@code disposal.nothing-bid}, {@code disposal.relisted-enough}
     * @throws NotPermitted {@code disposal.own-proposal}
     */
    @RolesAllowed(Roles.COMMITTEE)
    public AuctionView decide(UUID auctionId, Decision decision, String reason, @Nullable Round again) {
        Auction seen = auctionStore.get(auctionId);
        DisposalView disposal = store.in(seen.disposalId(), DisposalState.values());
        store.refuseOthers(disposal);
        if (disposal.madeBy().equals(caller.personId())) {
            throw new NotPermitted("disposal.own-proposal", "Nobody decides on the own proposal");
        }
        Auction auction = auctionStore.lock(auctionId);
        if (auction.state() != AuctionState.PAUSED) {
            throw new Conflict("disposal.not-paused", "Nothing is to be decided on this auction");
        }
        if (reason.isBlank() || reason.length() > 2000) {
            throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
        }
        audit.write(
                "disposal.decided",
                auctionId.toString(),
                Map.of("decision", decision.name(), "reason", reason.strip()));
        return decision == Decision.GO_ON ? goOn(auction) : relist(disposal, auction, again);
    }

    /** When the next round begins and ends. */
    public record Round(@Nullable Instant opensAt, Instant closesAt) {}

    private AuctionView goOn(Auction auction) {
        if (!auction.pauseCode().equals("BELOW_SHARE")) {
            throw new Conflict("disposal.nothing-bid", "There is no bid above the reserve to go on with");
        }
        succession.choose(auction, succession.waiting(auction));
        return view(auction.id());
    }

    private AuctionView relist(DisposalView disposal, Auction auction, @Nullable Round again) {
        DisposalRules rules = store.rules();
        if (auction.round() > rules.relists()) {
            throw new Conflict("disposal.relisted-enough", "It was listed again as often as the rules allow");
        }
        if (again == null) {
            throw new RuleViolation("disposal.listing-invalid", "Say when the next round ends")
                    .at("/closesAt", "a time");
        }
        AuctionView before = view(auction.id());
        succession.releaseAll(auction);
        auctionStore.move(auction.id(), AuctionState.ENDED, auction.pauseCode());
        Money start = Money.ofMinor(rules.cut(before.start().minor()), auction.currency());
        Money reserve = Money.ofMinor(rules.cut(auctionStore.reserve(auction.id())), auction.currency());
        UUID next = listings.insert(
                disposal,
                new ListUnit(
                        before.kind(),
                        before.description(),
                        start,
                        before.step(),
                        before.stepSeconds(),
                        reserve,
                        again.opensAt(),
                        again.closesAt()),
                auction.round() + 1);
        return view(next);
    }

    /**
     * The owner has looked at who won: it may pay, or it is passed over with a reason and gets its deposit back.
     *
     * @throws NotPermitted {@code disposal.not-qualified} when a winner who lost its qualification is accepted
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView verify(UUID id, boolean accepted, String reason) {
        DisposalView disposal = store.in(id, DisposalState.VERIFYING);
        store.refuseOthers(disposal);
        Auction auction = auctionStore.lock(Succession.auctionOf(disposal));
        Rank winner = succession.chosen(auction);
        if (accepted) {
            if (!auctionStore.isQualified(winner.organisationId(), store.today())) {
                throw new NotPermitted("disposal.not-qualified", "The winner is not a qualified recycler any more");
            }
            Instant payBy = clock.instant().plus(Duration.ofDays(store.rules().paymentDays()));
            store.move(
                    id,
                    DisposalState.AWAIT_PAYMENT,
                    ", recycler_id = ?, price_minor = ?, pay_by = ?",
                    winner.organisationId(),
                    winner.amount().minor(),
                    payBy);
            units.show(disposal.unitId(), winner.organisationId(), id);
            audit.write(
                    "disposal.winner-verified",
                    id.toString(),
                    Map.of("org", winner.organisationId().toString()));
        } else {
            if (reason.isBlank() || reason.length() > 2000) {
                throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
            }
            auctionStore.rank(auction.id(), winner.position(), "REFUSED");
            succession.release(auction, winner.organisationId());
            audit.write(
                    "disposal.winner-refused",
                    id.toString(),
                    Map.of("org", winner.organisationId().toString(), "reason", reason.strip()));
            succession.stepIn(disposal, auction);
        }
        return store.get(id);
    }

    /**
     * The price has arrived; all deposits that are still held go back.
     *
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.payment-late}
     */
    @RolesAllowed(Roles.FINANCE)
    public DisposalView paid(UUID id, String reference) {
        DisposalView disposal = store.in(id, DisposalState.AWAIT_PAYMENT);
        store.refuseOthers(disposal);
        Money price = disposal.price();
        Instant payBy = disposal.payBy();
        if (price == null || payBy == null || !clock.instant().isBefore(payBy)) {
            throw new Conflict("disposal.payment-late", "The time to pay is over");
        }
        if (reference.isBlank() || reference.length() > 120) {
            throw new RuleViolation("disposal.reference-missing", "Name the bank transfer")
                    .at("/reference", "1 to 120 characters");
        }
        Auction auction = auctionStore.lock(Succession.auctionOf(disposal));
        Rank winner = succession.chosen(auction);
        auctionStore.rank(auction.id(), winner.position(), "PAID");
        journal.disposalSold(id, disposal.organisationId(), winner.organisationId(), price);
        succession.releaseAll(auction);
        store.move(id, DisposalState.PAID, ", paid_reference = ?", reference.strip());
        audit.write("disposal.paid", id.toString(), Map.of("amount", price.toString()));
        return store.get(id);
    }

    private AuctionView view(UUID auction) {
        return auctionStore.view(auction, caller.orgId(), clock.instant());
    }
}

package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.evaluation.EvaluationCheck;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.contract.evaluation.LotResult.Outcome;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.procurement.EvaluationView.Decision;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * What becomes of each lot once the ranking is signed: the buyer awards it to the first, or says why not, or lets it fail. When all lots
 * are decided the tender goes on to its award notice, or has failed.
 */
@Stateless
@Secured
public class Awards {

    private static final String AWARDED = "tender.awarded";
    private static final String FAILED = "tender.failed";
    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    EvaluationRows rows;

    @Inject
    Evaluations evaluations;

    @Inject
    Tenders tenders;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<LotAwarded> awarded;

    @Inject
    Event<LotFailed> failed;

    @Inject
    Event<TenderEnded> ended;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("lot_award_pkey", "procurement.lot-decided");
    }

    /**
     * Awards a lot.
     *
     * @param reason why not to those that are ranked better; empty for the first
     * @throws NotFound {@code procurement.bid-not-ranked}
     * @throws RuleViolation {@code procurement.passed-over}
     * @throws Conflict {@code procurement.evaluation-step}, {@code procurement.lot-decided}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView award(UUID id, String lot, UUID bid, String reason) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.RANKED);
        EvaluationView view = evaluations.view(id);
        LotResult result = view.result(lot);
        Standing standing = result == null || result.outcome() != Outcome.RANKED
                ? null
                : result.standings().stream()
                        .filter(each -> each.bid().equals(bid) && each.rank() > 0)
                        .findFirst()
                        .orElse(null);
        UUID bidder = view.bidder(bid);
        Long amount = standing == null ? null : standing.amount();
        if (result == null || standing == null || bidder == null || amount == null) {
            throw new NotFound("procurement.bid-not-ranked", "No such bid was ranked for this lot");
        }
        boolean first = standing.rank() == 1;
        new Limits("procurement.passed-over", "Say why the better bids are passed over")
                .check("/reason", first || !reason.isBlank(), "why not to those that are ranked better")
                .optional("/reason", reason, 2000)
                .refuse();
        String currency = tenders.get(id).currency();
        String why = first ? "" : reason.strip();
        rows.update("""
                insert into procurement.lot_award(tender_id, lot, bid_id, org_id, amount_minor, currency, reason, decided_by, decided_at)
                values (?,?,?,?,?,?,?,?,?)""", id, lot, bid, bidder, amount, currency, why, caller.personId(), clock.instant());
        List<Evidence> passedOver = new ArrayList<>();
        result.standings()
                .subList(0, standing.rank() - 1)
                .forEach(better -> passedOver.add(because(better.bid(), why)));
        acts.propose(new NewAct(
                AWARDED,
                Subject.tender(id),
                clock.instant(),
                List.of(new Party(head.buyer(), PartyRole.BUYER), new Party(bidder, PartyRole.BIDDER)),
                Map.of("amount", Long.toString(amount), "bid", bid.toString(), "currency", currency, "lot", lot),
                passedOver,
                id));
        audit.write("procurement.lot-awarded", id.toString(), Map.of("lot", lot, "bid", bid, "reason", why));
        return evaluations.view(id);
    }

    /** The reason stays where it can be read; the ledger has its salted digest. */
    private static Evidence because(UUID bid, String reason) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        byte[] leaf = MerkleTree.leaf(salt, reason.getBytes(StandardCharsets.UTF_8));
        return new Evidence(
                EvaluationCheck.PASSED_OVER + bid, "SHA-256", HexFormat.of().formatHex(leaf));
    }

    /**
     * Lets a lot fail.
     *
     * @throws RuleViolation {@code procurement.end-invalid}
     * @throws Conflict {@code procurement.lot-decided}, {@code procurement.evaluation-step}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView fail(UUID id, String lot, EndReason reason, String note) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.RANKED);
        EvaluationView view = evaluations.view(id);
        LotResult result = view.result(lot);
        boolean winnable = result != null && result.outcome() == Outcome.RANKED;
        new Limits("procurement.end-invalid", "The lot does not fail for this")
                .check("/lot", result != null, "a lot of this tender")
                .check("/reason", !reason.cancels(), "why it failed, not why it is given up")
                .check(
                        "/reason",
                        !winnable || reason == EndReason.UNLAWFUL,
                        "a lot that has a winner fails as UNLAWFUL only")
                .text("/note", note, 2000)
                .refuse();
        rows.update(
                """
                insert into procurement.lot_award(tender_id, lot, currency, reason, failed_as, decided_by, decided_at)
                values (?,?,?,?,?,?,?)""",
                id,
                lot,
                tenders.get(id).currency(),
                note.strip(),
                reason.name(),
                caller.personId(),
                clock.instant());
        acts.propose(new NewAct(
                FAILED,
                Subject.tender(id),
                clock.instant(),
                List.of(new Party(head.buyer(), PartyRole.BUYER)),
                Map.of("lot", lot, "reason", reason.name()),
                List.of(),
                id));
        audit.write("procurement.lot-failed", id.toString(), Map.of("lot", lot, "reason", reason.name()));
        return evaluations.view(id);
    }

    /** The buyer has signed. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        UUID id = completed.reference();
        boolean ours = completed.type().equals(AWARDED) || completed.type().equals(FAILED);
        if (!ours || id == null) {
            return;
        }
        Act act = acts.get(completed.actId()).signed().act();
        if (!(act.body().get("lot") instanceof String lot)) {
            // The whole tender was given up: that is another service's.
            return;
        }
        rows.update(
                "update procurement.lot_award set act_id = ? where tender_id = ? and lot = ? and act_id is null",
                act.id(),
                id,
                lot);
        rows.update(
                "update procurement.lot set state = ? where tender_id = ? and code = ?",
                completed.type().equals(AWARDED) ? "AWARDED" : "FAILED",
                id,
                lot);
        List<Decision> decisions = rows.decisions(id);
        Map<String, Decision> byLot = new HashMap<>();
        decisions.forEach(each -> byLot.put(each.lot(), each));
        announce(id, byLot.get(lot));
        boolean all = tenders.get(id).terms().lots().stream().allMatch(each -> {
            Decision decision = byLot.get(each.code());
            return decision != null && decision.actId() != null;
        });
        if (all) {
            finish(id, decisions);
        }
    }

    private void announce(UUID tender, @Nullable Decision decision) {
        if (decision == null) {
            return;
        }
        UUID bid = decision.bid();
        UUID bidder = decision.bidder();
        if (bid == null || bidder == null || decision.amount() == null) {
            failed.fire(new LotFailed(tender, decision.lot(), EndReason.valueOf(decision.failedAs())));
        } else {
            Money amount = decision.amount().toMoney();
            awarded.fire(new LotAwarded(tender, decision.lot(), bid, bidder, amount));
        }
    }

    private void finish(UUID tender, List<Decision> decisions) {
        rows.move(rows.lock(tender).orElseThrow(Panels::unknown), EvaluationState.DECIDED);
        if (decisions.stream().anyMatch(each -> each.bid() != null)) {
            rows.update(
                    "update procurement.tender set version = version + 1, state = 'AWARD_NOTICE' where id = ? and state = 'RANKED'",
                    tender);
        } else {
            Decision last = decisions.get(decisions.size() - 1);
            rows.update("""
                    update procurement.tender set version = version + 1, state = 'FAILED', ended_reason = ?, ended_note = ?, ended_at = ?
                     where id = ? and state = 'RANKED'""", last.failedAs(), last.reason(), clock.instant(), tender);
            ended.fire(new TenderEnded(tender));
        }
    }
}

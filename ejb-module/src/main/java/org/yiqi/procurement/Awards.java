package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
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
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.procurement.EvaluationView.Decision;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * What becomes of each lot once the ranking is signed: the buyer publishes to whom it means to award it, to the first or saying why not,
 * and waits until nobody can complain any more (see {@link Complaints}); only then the award is signed and final. Or it lets the lot
 * fail. When all lots are decided the tender is awarded, or has failed.
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
    AwardRows notices;

    @Inject
    TenderStore store;

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
    Event<AwardNoticed> noticed;

    @Inject
    Event<LotAwarded> awarded;

    @Inject
    Event<LotFailed> failed;

    @Inject
    Event<TenderEnded> ended;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("lot_award_pkey", "procurement.lot-decided");
        DatabaseRefusals.register("award_notice_one_live", "procurement.lot-noticed");
        DatabaseRefusals.register("award_notice_bid_once", "procurement.award-withdrawn");
        DatabaseRefusals.register("award_after_standstill", "procurement.standstill");
        DatabaseRefusals.register("lot_under_notice", "procurement.lot-noticed");
    }

    /**
     * The notices of a tender, lot by lot, for everybody. Of complaints the bidder, the buyer and regulators read all, others what was
     * decided.
     *
     * @throws NotFound {@code procurement.tender-not-found}
     */
    @PermitAll
    public List<AwardNotice> notices(UUID id) {
        tenders.notice(id);
        YiqiPrincipal reader = caller.find();
        return notices.notices(id).stream()
                .map(notice -> notice.with(notice.complaints().stream()
                        .map(each -> Complaints.reads(reader, each) ? each : each.published())
                        .toList()))
                .toList();
    }

    /**
     * Publishes to whom a lot is meant to go. Nothing is final before the standstill that begins with it is over.
     *
     * @param reason why not to those that are ranked better; empty for the first
     * @throws NotFound {@code procurement.bid-not-ranked}
     * @throws RuleViolation {@code procurement.passed-over}
     * @throws Conflict {@code procurement.evaluation-step}, {@code procurement.lot-decided}, {@code procurement.lot-noticed},
     *     {@code procurement.award-withdrawn} for a bid whose award was withdrawn, {@code procurement.lot-must-fail}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView announce(UUID id, String lot, UUID bid, String reason) {
        rows.own(caller.orgId(), id, EvaluationState.RANKED);
        EvaluationView view = evaluations.view(id);
        LotResult result = view.result(lot);
        Standing standing = result == null ? null : ranked(result, bid);
        UUID bidder = view.bidder(bid);
        Long amount = standing == null ? null : standing.amount();
        if (standing == null || bidder == null || amount == null) {
            throw new NotFound("procurement.bid-not-ranked", "No such bid was ranked for this lot");
        }
        new Limits("procurement.passed-over", "Say why the better bids are passed over")
                .check("/reason", standing.rank() == 1 || !reason.isBlank(), "why not to those that are ranked better")
                .optional("/reason", reason, 2000)
                .refuse();
        undecided(view, lot);
        if (notices.standing(id, lot).isPresent()) {
            throw noticed();
        }
        if (notices.mustFail(id, lot)) {
            throw new Conflict("procurement.lot-must-fail", "A regulator decided that this lot comes to nothing");
        }
        BusinessCalendar calendar = store.calendar();
        Instant now = clock.instant();
        AwardRows.Rules rules = notices.rules(calendar.day(now));
        UUID notice = Ids.next();
        notices.update(
                """
                insert into procurement.award_notice(id, tender_id, lot, bid_id, org_id, amount_minor, currency, reason, rules_of,
                  published_by, published_at, standstill_until) values (?,?,?,?,?,?,?,?,?,?,?,?)""",
                notice,
                id,
                lot,
                bid,
                bidder,
                amount,
                tenders.get(id).currency(),
                standing.rank() == 1 ? "" : reason.strip(),
                rules.fromDay(),
                caller.personId(),
                now,
                calendar.endOfWorkingDays(now, rules.standstillDays()));
        notices.settle(id);
        audit.write(
                "procurement.award-announced", id.toString(), Map.of("lot", lot, "bid", bid, "reason", reason.strip()));
        noticed.fire(new AwardNoticed(id, notice));
        return evaluations.view(id);
    }

    private static @Nullable Standing ranked(LotResult result, UUID bid) {
        return result.outcome() != Outcome.RANKED
                ? null
                : result.standings().stream()
                        .filter(each -> each.bid().equals(bid) && each.rank() > 0)
                        .findFirst()
                        .orElse(null);
    }

    private static Conflict noticed() {
        return new Conflict("procurement.lot-noticed", "An award of this lot is announced");
    }

    private static void undecided(EvaluationView view, String lot) {
        if (view.decisions().stream().anyMatch(each -> each.lot().equals(lot))) {
            throw new Conflict("procurement.lot-decided", "The lot is decided");
        }
    }

    /**
     * Signs an award once its standstill is over and nobody complains any more. With it the lot is the bidder's.
     *
     * @throws NotFound {@code procurement.notice-not-found}
     * @throws Conflict {@code procurement.evaluation-step}, {@code procurement.lot-decided}, {@code procurement.standstill},
     *     {@code procurement.award-suspended}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView confirm(UUID id, String lot) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.RANKED);
        EvaluationView view = evaluations.view(id);
        undecided(view, lot);
        AwardNotice notice = notices.standing(id, lot)
                .orElseThrow(() -> new NotFound("procurement.notice-not-found", "No award of this lot is announced"));
        if (notice.state() == NoticeState.SUSPENDED) {
            throw new Conflict("procurement.award-suspended", "A complaint is not decided yet");
        }
        Instant now = clock.instant();
        if (now.isBefore(notice.standstillUntil())) {
            throw new Conflict("procurement.standstill", "Bidders may still complain")
                    .with("until", notice.standstillUntil().toString());
        }
        Money amount = notice.amount().toMoney();
        rows.update(
                """
                insert into procurement.lot_award(tender_id, lot, bid_id, org_id, amount_minor, currency, reason, decided_by, decided_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                lot,
                notice.bid(),
                notice.bidder(),
                amount.minor(),
                amount.currency(),
                notice.reason(),
                caller.personId(),
                now);
        LotResult result = view.result(lot);
        Standing standing = result == null ? null : ranked(result, notice.bid());
        List<Evidence> passedOver = new ArrayList<>();
        if (result != null && standing != null) {
            result.standings()
                    .subList(0, standing.rank() - 1)
                    .forEach(better -> passedOver.add(because(better.bid(), notice.reason())));
        }
        acts.propose(new NewAct(
                AWARDED,
                Subject.tender(id),
                now,
                List.of(new Party(head.buyer(), PartyRole.BUYER), new Party(notice.bidder(), PartyRole.BIDDER)),
                Map.of(
                        "amount",
                        Long.toString(amount.minor()),
                        "bid",
                        notice.bid().toString(),
                        "currency",
                        amount.currency(),
                        "lot",
                        lot),
                passedOver,
                id));
        audit.write("procurement.lot-awarded", id.toString(), Map.of("lot", lot, "bid", notice.bid()));
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
     * @throws Conflict {@code procurement.lot-decided}, {@code procurement.evaluation-step}, {@code procurement.lot-noticed}
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
        undecided(view, lot);
        if (notices.standing(id, lot).isPresent()) {
            throw noticed();
        }
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
        rows.update("""
                update procurement.award_notice set version = version + 1, state = 'AWARDED', ended_at = ?
                 where tender_id = ? and lot = ? and state = 'STANDSTILL'""", clock.instant(), id, lot);
        notices.settle(id);
        List<Decision> decisions = rows.decisions(id);
        Map<String, Decision> byLot = new HashMap<>();
        decisions.forEach(each -> byLot.put(each.lot(), each));
        tell(id, byLot.get(lot));
        boolean all = tenders.get(id).terms().lots().stream().allMatch(each -> {
            Decision decision = byLot.get(each.code());
            return decision != null && decision.actId() != null;
        });
        if (all) {
            finish(id, decisions);
        }
    }

    /** Nobody signed in time: the decision is as if it had not been made. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        UUID id = expired.reference();
        if (id != null && (expired.type().equals(AWARDED) || expired.type().equals(FAILED))) {
            // One act of a tender waits at a time.
            rows.update("delete from procurement.lot_award where tender_id = ? and act_id is null", id);
        }
    }

    private void tell(UUID tender, @Nullable Decision decision) {
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
        if (decisions.stream().allMatch(each -> each.bid() == null)) {
            Decision last = decisions.get(decisions.size() - 1);
            rows.update("""
                    update procurement.tender set version = version + 1, state = 'FAILED', ended_reason = ?, ended_note = ?, ended_at = ?
                     where id = ? and state in ('RANKED', 'AWARD_NOTICE')""", last.failedAs(), last.reason(), clock.instant(), tender);
            ended.fire(new TenderEnded(tender));
        }
    }
}

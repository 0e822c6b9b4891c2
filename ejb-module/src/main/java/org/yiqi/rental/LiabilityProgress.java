package org.yiqi.rental;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActRejected;
import org.yiqi.ledger.Acts;
import org.yiqi.rental.LiabilityView.Appeal;
import org.yiqi.rental.LiabilityView.Proposal;
import org.yiqi.rental.LiabilityView.Proposal.Kind;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Secured;

/**
 * What moves a case without anyone pressing a button for it: an act got its last signature, ran out of time or was refused by
 * the ledger, or everything that a step waits for is there. Each call looks at what is so and does nothing where nothing is due.
 */
@Stateless
@Secured
@PermitAll
public class LiabilityProgress {

    private static final String FAMILY = "liability.";

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityFreezing freezing;

    @Inject
    Rentals rentals;

    @Inject
    Acts acts;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<LiabilityFixed> fixed;

    @Inject
    Event<LiabilityReopened> reopened;

    /** For who has just proposed an act: its own signature may have been the only one that was missing. */
    public void signedAtOnce(UUID id, UUID act) {
        if (acts.get(act).missing().isEmpty()) {
            completed(id, act);
        }
    }

    /** Everyone whom an act of a case binds has signed it. */
    public void on(@Observes ActCompleted completed) {
        if (completed.type().startsWith(FAMILY)) {
            completed(completed.subject().id(), completed.actId());
        }
    }

    /** Nobody signed in time: the case waits where it was before. */
    public void on(@Observes ActExpired expired) {
        if (expired.type().startsWith(FAMILY)) {
            store.beyondTenant(() -> {
                gone(store.lock(expired.subject().id()), expired.actId(), "LAPSED", "lapse");
                return true;
            });
        }
    }

    /** The ledger refused what the case had acted on: it goes back, and what was charged is taken back. */
    public void on(@Observes ActRejected rejected) {
        if (rejected.type().startsWith(FAMILY)) {
            store.beyondTenant(() -> {
                UUID id = rejected.subject().id();
                unsettle(store.lock(id));
                gone(store.lock(id), rejected.actId(), "REFUSED", "refuse");
                audit.write(
                        "rental.liability-act-refused",
                        id.toString(),
                        Map.of("act", rejected.actId().toString(), "refusal", rejected.refusal()));
                return true;
            });
        }
    }

    /** Statements, quote, estimate and value are there: the amount has its limit. */
    public void assessIfComplete(UUID id) {
        LiabilityView seen = store.lock(id);
        boolean heard = seen.parties().stream().allMatch(LiabilityView.Party::heard);
        boolean given =
                seen.assessments().size() == 2 && seen.assessments().stream().allMatch(a -> a.givenAt() != null);
        LiabilityView.BookWorth worth = seen.worth();
        if (seen.state() != LiabilityState.STATEMENTS || !heard || !given || worth == null) {
            return;
        }
        long limit = worth.value().toMoney().minor();
        for (LiabilityView.Assessment a : seen.assessments()) {
            if (a.repair() != null && a.betterment() != null) {
                limit = Math.min(
                        limit,
                        a.repair().toMoney().minus(a.betterment().toMoney()).minor());
            }
        }
        store.move(seen, LiabilityState.ASSESSED, "assess", "", clock.instant(), ", cap_minor = ?", limit);
        audit.write("rental.liability-assessed", id.toString(), Map.of("limit", limit));
    }

    /** Nobody appealed in time. */
    public void finish(UUID id) {
        LiabilityView seen = store.lock(id);
        Instant due = seen.appealDue();
        if (seen.state() != LiabilityState.DECIDED
                || due == null
                || clock.instant().isBefore(due)
                || seen.appeal() != null) {
            return;
        }
        store.move(seen, LiabilityState.FINAL, "final", "", clock.instant(), "");
        audit.write("rental.liability-final", id.toString(), Map.of());
        charge(store.get(id), seen.standing().orElseThrow());
    }

    private void completed(UUID id, UUID act) {
        LiabilityView seen = store.lock(id);
        Optional<Proposal> open = seen.open().filter(p -> act.equals(p.actId()));
        Appeal appeal = seen.appeal();
        if (seen.state() == LiabilityState.REPORTED && act.equals(seen.openedAct())) {
            store.move(seen, LiabilityState.EVIDENCE, "signed", "", clock.instant(), "");
            store.beyondTenant(() -> freezing.freezeIfSealed(id));
        } else if (open.isPresent()) {
            stands(seen, open.get());
        } else if (seen.state() == LiabilityState.DECIDED && appeal != null && act.equals(appeal.actId())) {
            store.move(seen, LiabilityState.APPEAL, "appeal", appeal.ground().name(), clock.instant(), "");
        } else if (act.equals(seen.settledAct())
                && (seen.state() == LiabilityState.AGREED || seen.state() == LiabilityState.FINAL)) {
            store.move(
                    seen, LiabilityState.SETTLED, "settle", "", clock.instant(), ", settled_at = ?", clock.instant());
            audit.write("rental.liability-settled", id.toString(), Map.of());
            UUID rental = seen.rentalId();
            if (rental != null) {
                rentals.liabilitySettled(rental);
            }
        }
    }

    private void stands(LiabilityView seen, Proposal proposal) {
        Instant now = clock.instant();
        sql.update("update rental.liability_proposal set state = 'STANDS' where id = ?", proposal.id());
        switch (proposal.kind()) {
            case PROPOSAL -> store.move(seen, LiabilityState.AGREED, "agree", "", now, "");
            case DECISION ->
                store.move(
                        seen,
                        LiabilityState.DECIDED,
                        "decide",
                        "",
                        now,
                        ", appeal_due = ?",
                        endOfDay(now, store.rules(seen.rulesOf()).appealDays()));
            case APPEAL -> store.move(seen, LiabilityState.FINAL, "decide-appeal", "", now, "");
        }
        audit.write(
                "rental.liability-determined",
                seen.id().toString(),
                Map.of("kind", proposal.kind().name(), "proposal", proposal.id().toString()));
        if (proposal.kind() != Kind.DECISION) {
            charge(store.get(seen.id()), proposal);
        }
    }

    /** Whoever bears a share owes it to the owner, who bears its own by itself. */
    private void charge(LiabilityView seen, Proposal proposal) {
        List<LiabilityFixed.Claim> claims = new ArrayList<>();
        for (LiabilityView.Part part : proposal.shares()) {
            Money amount = part.amount().toMoney();
            if (!part.org().equals(seen.ownerOrg()) && amount.minor() > 0) {
                claims.add(new LiabilityFixed.Claim(part.org(), amount));
                sql.update(
                        "insert into rental.liability_charge(liability_id, proposal_id, org_id, currency, amount_minor) values (?,?,?,?,?)",
                        seen.id(),
                        proposal.id(),
                        part.org(),
                        amount.currency(),
                        amount.minor());
            }
        }
        if (!claims.isEmpty()) {
            LiabilityFixed event = new LiabilityFixed(
                    seen.id(), proposal.id(), seen.number(), seen.rentalId(), seen.ownerOrg(), claims);
            store.beyondTenant(() -> {
                fixed.fire(event);
                return true;
            });
        }
    }

    /** A case that was settled is not, while one of its acts is in doubt. */
    private void unsettle(LiabilityView seen) {
        if (seen.state() != LiabilityState.SETTLED) {
            return;
        }
        store.unsettle(seen, clock.instant());
        UUID rental = seen.rentalId();
        if (rental != null) {
            rentals.liabilityReopened(rental);
        }
    }

    private void gone(LiabilityView seen, UUID act, String how, String verb) {
        Instant now = clock.instant();
        Appeal appeal = seen.appeal();
        Proposal proposal = seen.proposals().stream()
                .filter(p -> act.equals(p.actId()))
                .findFirst()
                .orElse(null);
        if (act.equals(seen.openedAct())) {
            if (seen.state().mayBecome(LiabilityState.WITHDRAWN)) {
                store.move(seen, LiabilityState.WITHDRAWN, verb, "", now, "");
            }
        } else if (proposal != null) {
            split(seen, proposal, how, verb, now);
        } else if (appeal != null && act.equals(appeal.actId())) {
            String clear = ", appeal_org = null, appeal_ground = '', appeal_text = '', appeal_act = null";
            if (seen.state() == LiabilityState.APPEAL) {
                store.move(seen, LiabilityState.DECIDED, verb, "", now, clear);
            } else {
                store.touch(seen, verb, "", now, clear);
            }
        } else if (act.equals(seen.settledAct())) {
            store.touch(seen, verb, "", now, ", settled_act = null");
        }
    }

    private void split(LiabilityView seen, Proposal proposal, String how, String verb, Instant now) {
        boolean stood = proposal.state() == Proposal.Status.STANDS;
        if (!stood && proposal.state() != Proposal.Status.OPEN) {
            return;
        }
        sql.update("update rental.liability_proposal set state = ? where id = ?", how, proposal.id());
        if (stood) {
            int charges = sql.update(
                    "update rental.liability_charge set reversed_at = ? where proposal_id = ? and reversed_at is null",
                    now,
                    proposal.id());
            if (charges > 0) {
                reopened.fire(new LiabilityReopened(seen.id(), proposal.id()));
            }
        }
        LiabilityState back = before(proposal.kind(), seen.state());
        if (back == null) {
            store.touch(seen, verb, proposal.kind().name(), now, "");
        } else {
            store.move(seen, back, verb, proposal.kind().name(), now, "");
        }
    }

    /** Where a case waits again for an act of the kind; null when it waits there already. */
    private static @Nullable LiabilityState before(Kind kind, LiabilityState state) {
        LiabilityState back =
                switch (kind) {
                    case PROPOSAL -> LiabilityState.ASSESSED;
                    case DECISION -> LiabilityState.PANEL;
                    case APPEAL -> LiabilityState.APPEAL;
                };
        return back == state ? null : back;
    }

    /** The end of the day so many days after, where the law counts days. */
    static Instant endOfDay(Instant from, int days) {
        return LocalDate.ofInstant(from, Liabilities.ZONE)
                .plusDays(days + 1L)
                .atStartOfDay(Liabilities.ZONE)
                .toInstant();
    }
}

package org.yiqi.disposal;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.ledger.NewAct;
import org.yiqi.maintenance.Parts;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The acts of a disposal and what happens with their last signature, whoever gives it and however: at once, by {@link #sign},
 * or with a key that an organisation holds itself. At most one act of a disposal waits at a time.
 */
@Stateless
@Secured
public class DisposalActs {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Acts acts;

    @Inject
    ProposedActs proposed;

    @Inject
    Custody custody;

    @Inject
    Availability availability;

    @Inject
    Units units;

    @Inject
    Parts parts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Signs the act that waits, for the caller's organisation.
     *
     * @throws Conflict {@code disposal.nothing-to-sign}; {@code ledger.key-held} for an organisation that signs with its own tool
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView sign(UUID id) {
        DisposalView disposal = store.lock(id);
        UUID act = disposal.actId();
        if (act == null) {
            throw new Conflict("disposal.nothing-to-sign", "No act of the disposal waits for a signature");
        }
        acts.sign(act);
        return store.get(id);
    }

    /** Whether an act waits for the caller's organisation. */
    @RolesAllowed("**")
    public boolean isCallersToSign(DisposalView disposal) {
        UUID act = disposal.actId();
        return act != null
                && caller.has(Roles.SIGNATORY)
                && acts.get(act).missing().contains(caller.orgId());
    }

    /** Everyone whom an act binds has signed it. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (completed.type().equals("disposal.line-set")) {
            keepLine(completed);
            return;
        }
        Optional<DisposalView> ours = of(completed.reference());
        if (ours.isEmpty()) {
            return;
        }
        DisposalView disposal = ours.get();
        UUID id = disposal.id();
        Instant now = clock.instant();
        sql.update("update disposal.disposal set act_id = null, act_type = null where id = ?", id);
        switch (completed.type()) {
            case "disposal.authorised" ->
                store.move(id, DisposalState.AUTHORISED, ", authorised_act = ?", completed.actId());
            case "disposal.awarded" -> store.move(id, DisposalState.AWARDED, "");
            case "custody.accepted" -> taken(disposal, completed.actId(), now);
            case "disposal.handed-over" -> {
                if (disposal.isPassedOn()) {
                    Outcome outcome = disposal.goes(Way.DONATE) ? Outcome.DONATED : Outcome.REDEPLOYED;
                    store.move(
                            id,
                            DisposalState.COMPLETED,
                            ", handed_over_at = ?, completed_at = ?, outcome = ?",
                            now,
                            now,
                            outcome.name());
                    break;
                }
                Duration time =
                        Duration.ofDays(store.rules(Disposals.today(now)).certificateDays());
                store.move(
                        id, DisposalState.HANDED_OVER, ", handed_over_at = ?, certificate_by = ?", now, now.plus(time));
            }
            case "disposal.certified" -> certified(disposal, now);
            case "custody.closed" -> {
                custody.close(disposal.unitId(), completed.actId(), now);
                availability.dispose(disposal.unitId(), id, disposal.outcome() == Outcome.REUSED);
            }
            default -> {
                return;
            }
        }
        audit.write("disposal.act-completed", id.toString(), Map.of("type", completed.type()));
    }

    /** Nobody signed in time: the step can be taken again. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        UUID reference = expired.reference();
        if (reference != null) {
            wide(() -> sql.update(
                    "update disposal.disposal set version = version + 1, act_id = null, act_type = null where id = ? and act_id = ?",
                    reference,
                    expired.actId()));
        }
    }

    private Optional<DisposalView> of(@Nullable UUID reference) {
        if (reference == null || !sql.exists("select 1 from disposal.disposal where id = ? for update", reference)) {
            return Optional.empty();
        }
        return Optional.of(store.get(reference));
    }

    private void keepLine(ActCompleted completed) {
        Map<String, Object> body = acts.get(completed.actId()).signed().act().body();
        sql.update(
                "insert into disposal.value_line(act_id, org_id, amount_minor, currency, set_at) values (?,?,?,?,?)",
                completed.actId(),
                completed.subject().id(),
                Long.parseLong(String.valueOf(body.get("amount"))),
                String.valueOf(body.get("currency")),
                clock.instant());
    }

    /** The other side answers for the unit now; both say so of the disposal, too. */
    private void taken(DisposalView disposal, UUID act, Instant now) {
        UUID taker = ProposedActs.taker(disposal);
        if (disposal.isPassedOn()) {
            custody.give(disposal.unitId(), taker, act, now, store.receiverTag(disposal.id()));
        } else {
            custody.transfer(disposal.unitId(), taker, act, now);
        }
        units.hide(disposal.id());
        UUID auction = disposal.auctionId();
        if (auction != null) {
            units.hide(auction);
        }
        store.move(disposal.id(), DisposalState.TAKEN, "");
        proposed.propose(
                disposal,
                new NewAct(
                        "disposal.handed-over",
                        Subject.disposal(disposal.id()),
                        now,
                        ProposedActs.bothSides(disposal),
                        Map.of("unit", disposal.unitId().toString()),
                        List.of(),
                        disposal.id()));
    }

    private void certified(DisposalView disposal, Instant now) {
        Outcome outcome = disposal.outcome();
        if (outcome == null) {
            throw new NotFound("disposal.not-found", "No certificate was drawn up");
        }
        store.move(disposal.id(), DisposalState.COMPLETED, ", completed_at = ?, overdue = false", now);
        if (outcome == Outcome.DISMANTLED) {
            book(disposal);
            proposed.propose(
                    disposal, NewAct.dismantled(disposal.unitId(), disposal.organisationId(), now, disposal.id()));
            return;
        }
        proposed.propose(
                disposal,
                NewAct.closed(
                        disposal.unitId(),
                        disposal.organisationId(),
                        ProposedActs.taker(disposal),
                        outcome.name(),
                        now,
                        disposal.id()));
    }

    /** What was taken out of the unit comes into its owner's stock of spare parts. */
    private void book(DisposalView disposal) {
        DisposalView.Route route = disposal.route();
        if (route == null || route.parts().isEmpty()) {
            return;
        }
        parts.recover(
                disposal.unitId(),
                disposal.assetTag(),
                disposal.unitZh() + " / " + disposal.unitEn(),
                disposal.id(),
                route.parts().stream()
                        .map(p -> new Parts.RecoveredPart(
                                p.number(), p.name(), p.quantity(), p.serial(), p.stationId(), p.value()))
                        .toList());
    }

    private void wide(Runnable work) {
        LedgerWide.on(dataSource, c -> {
            work.run();
            return true;
        });
    }
}

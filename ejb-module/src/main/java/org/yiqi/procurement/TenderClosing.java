package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/**
 * The end of the taking of bids: closed on the ledger with all bids that stand, or given up with a published reason. Both are
 * acts that the buyer signs; what may be closed when is the ledger's rule as well as ours.
 */
@Stateless
@Secured
public class TenderClosing {

    private static final String CLOSED = "tender.closed";
    private static final String FAILED = "tender.failed";

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    Tenders tenders;

    @Inject
    Acts acts;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<TenderSealed> sealed;

    @Inject
    Event<TenderEnded> ended;

    /** When a tender may be closed: the deadline, and time for bids made in time to reach the ledger. */
    public static Instant closesAt(TenderView tender) {
        return tender.terms().deadline().plus(TenderStanding.LANDING);
    }

    /**
     * Closes the gate: no bid comes in or goes any more. From then on the openers release what is sealed.
     *
     * @throws Conflict {@code procurement.too-early}, {@code procurement.bids-on-their-way}, {@code procurement.amendment-open}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView close(UUID id, long seen) {
        TenderView tender = tenders.own(id, seen, TenderState.TENDERING);
        Instant now = clock.instant();
        if (now.isBefore(closesAt(tender))) {
            throw new Conflict("procurement.too-early", "Bids made in time are still on their way")
                    .with("closesAt", closesAt(tender).toString());
        }
        checkNothingWaits(tender);
        List<UUID> bids = LedgerWide.on(dataSource, c -> {
            if (LedgerReader.onItsWay(c, id)) {
                throw new Conflict("procurement.bids-on-their-way", "The ledger has not recorded all of it yet");
            }
            return LedgerReader.liveBids(c, id);
        });
        List<String> listed = bids.stream().map(UUID::toString).toList();
        propose(CLOSED, tender, Map.of("bids", listed), now);
        audit.write("procurement.tender-closed", id.toString(), Map.of("bids", bids.size()));
        return tenders.get(id);
    }

    /**
     * The buyer gives the tender up, at any time before an award.
     *
     * @throws RuleViolation {@code procurement.end-invalid}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView cancel(UUID id, long seen, EndReason reason, String note) {
        new Limits("procurement.end-invalid", "Some values are out of range")
                .check("/reason", reason.cancels(), "why it is given up, not why it failed")
                .text("/note", note, 2000)
                .refuse();
        TenderView tender = tenders.own(id, seen, TenderState.DRAFT, TenderState.TENDERING, TenderState.SEALED);
        return end(tender, TenderState.CANCELLED, reason, note);
    }

    /** It came to nothing by itself: too few bids, none good enough. */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView fail(UUID id, long seen, EndReason reason, String note) {
        new Limits("procurement.end-invalid", "Some values are out of range")
                .check("/reason", !reason.cancels(), "why it failed, not why it is given up")
                .text("/note", note, 2000)
                .refuse();
        TenderView tender = tenders.own(
                id, seen, TenderState.SEALED, TenderState.OPENED, TenderState.EVALUATION, TenderState.RANKED);
        return end(tender, TenderState.FAILED, reason, note);
    }

    private TenderView end(TenderView tender, TenderState state, EndReason reason, String note) {
        Instant now = clock.instant();
        checkNothingWaits(tender);
        sql.update("""
                update procurement.tender set version = version + 1, state = ?, ended_reason = ?, ended_note = ?, ended_at = ?
                 where id = ?""", state.name(), reason.name(), note.strip(), now, tender.id());
        // A draft was never on the ledger.
        if (tender.state() != TenderState.DRAFT) {
            propose(FAILED, tender, Map.of("reason", reason.name()), now);
        }
        audit.write("procurement.tender-ended", tender.id().toString(), Map.of("reason", reason.name()));
        ended.fire(new TenderEnded(tender.id()));
        return tenders.get(tender.id());
    }

    private static void checkNothingWaits(TenderView tender) {
        if (tender.pendingAct() != null) {
            throw new Conflict("procurement.act-waits", "Another act on this tender waits for a signature");
        }
    }

    private void propose(String type, TenderView tender, Map<String, Object> body, Instant now) {
        acts.propose(new NewAct(
                type,
                Subject.tender(tender.id()),
                now,
                List.of(new Party(tender.buyerId(), PartyRole.BUYER)),
                body,
                List.of(),
                tender.id()));
    }

    /** The buyer has signed the closing. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (completed.type().equals(CLOSED) && completed.reference() != null) {
            sql.update(
                    "update procurement.tender set version = version + 1, state = 'SEALED', sealed_at = ? where id = ? and state = 'TENDERING'",
                    clock.instant(),
                    completed.reference());
            sealed.fire(new TenderSealed(completed.reference()));
        }
    }
}

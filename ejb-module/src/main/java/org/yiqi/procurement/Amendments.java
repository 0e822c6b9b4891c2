package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/**
 * Changes of a published tender: seen by all, signed by the buyer. A change that may bear on how bids are drawn up leaves the
 * days that the law gives for it (招标投标法 §23, 财政部令第87号 §27), and bids made before it have to be made again.
 */
@Stateless
@Secured
public class Amendments {

    private static final String TYPE = "tender.amended";

    @Inject
    Sql sql;

    @Inject
    TenderStore store;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Tenders tenders;

    @Inject
    Acts acts;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<TenderAmended> amended;

    /** The changes of a tender that the caller may read, the first one first. */
    @PermitAll
    public List<AmendmentView> of(UUID tender) {
        store.mustExist(tender);
        return store.amendments(tender);
    }

    /**
     * Changes a published tender.
     *
     * @throws RuleViolation {@code procurement.amendment-invalid}, {@code procurement.window-short},
     *     {@code procurement.deadline-rest-day}
     * @throws Conflict {@code procurement.deadline-passed}, {@code procurement.amendment-open}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView amend(UUID id, long seen, String text, boolean substantial, Instant deadline) {
        TenderView tender = tenders.own(id, seen, TenderState.TENDERING);
        Instant now = clock.instant();
        Instant before = tender.terms().deadline();
        if (!now.isBefore(before)) {
            throw new Conflict("procurement.deadline-passed", "The deadline has passed");
        }
        new Limits("procurement.amendment-invalid", "Some values of the amendment are out of range")
                .text("/text", text, 4000)
                .check("/deadline", !deadline.isBefore(before), "not before the present deadline")
                .refuse();
        BusinessCalendar calendar = store.calendar();
        int days = substantial ? plans.rules(calendar.day(now)).amendDays() : 0;
        if (substantial || !deadline.equals(before)) {
            TenderPublication.checkDeadline(calendar, now, days, deadline);
        }
        List<AmendmentView> all = new ArrayList<>(store.amendments(id));
        int number = store.nextAmendment(id);
        all.add(new AmendmentView(number, text.strip(), substantial, before, deadline, null, null));
        TermsDocument.Terms terms = TermsDocument.of(tender, store.documents(id), all, deadline);
        sql.update(
                "update procurement.tender set version = version + 1, pending_deadline = ?, terms = ?, terms_salt = ? where id = ?",
                deadline,
                terms.text(),
                terms.salt(),
                id);
        sql.update("""
                insert into procurement.amendment(tender_id, number, text, substantial, old_deadline, new_deadline)
                values (?,?,?,?,?,?)""", id, number, text.strip(), substantial, before, deadline);
        UUID act = acts.propose(new NewAct(
                TYPE,
                Subject.tender(id),
                now,
                List.of(new Party(tender.buyerId(), PartyRole.BUYER)),
                Map.of("deadline", deadline.toString()),
                List.of(terms.evidence()),
                id));
        sql.update("update procurement.amendment set act_id = ? where tender_id = ? and number = ?", act, id, number);
        audit.write("procurement.tender-amended", id.toString(), Map.of("act", act, "number", number));
        return tenders.get(id);
    }

    /** The buyer has signed: the new terms hold. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (completed.type().equals(TYPE) && completed.reference() != null) {
            UUID id = completed.reference();
            Instant now = clock.instant();
            sql.update(
                    "update procurement.amendment set signed_at = ? where tender_id = ? and signed_at is null and not lapsed",
                    now,
                    id);
            sql.update("""
                    update procurement.tender set version = version + 1, deadline = pending_deadline, pending_deadline = null,
                      act_id = ?, terms_digest = ? where id = ?""", completed.actId(), acts.get(completed.actId()).digest(), id);
            amended.fire(new TenderAmended(id));
        }
    }

    /** A buyer that holds its key did not sign in time: the change never held. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        if (expired.type().equals(TYPE) && expired.reference() != null) {
            sql.update("update procurement.amendment set lapsed = true where act_id = ?", expired.actId());
        }
    }
}

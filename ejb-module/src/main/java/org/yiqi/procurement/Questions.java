package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Qualification;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Questions of suppliers on a tender. All read the answers; nobody reads who asked. */
@Stateless
@Secured
public class Questions {

    @Inject
    Sql sql;

    @Inject
    TenderStore store;

    @Inject
    Qualification qualification;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<QuestionAnswered> answered;

    /** The questions of a tender that the caller may read: answered ones, its own, and for the buyer all. */
    @PermitAll
    public List<QuestionView> of(UUID tender) {
        store.mustExist(tender);
        return sql.list(
                "select * from procurement.question where tender_id = ? order by asked_at, id",
                QuestionView::read,
                tender);
    }

    /**
     * @throws RuleViolation {@code procurement.question-invalid}
     * @throws Conflict {@code procurement.enquiry-over}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public QuestionView ask(UUID tenderId, @Nullable String lot, String text) {
        TenderView tender = store.find(tenderId).orElseThrow(Tenders::unknown);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        new Limits("procurement.question-invalid", "Some values of the question are out of range")
                .text("/text", text, 2000)
                .check(
                        "/lot",
                        lot == null
                                || tender.terms().lots().stream()
                                        .anyMatch(l -> l.code().equals(lot)),
                        "a lot of this tender")
                .refuse();
        if (tender.state() != TenderState.TENDERING
                || clock.instant().isAfter(tender.terms().enquiryUntil())) {
            throw new Conflict("procurement.enquiry-over", "The time for questions is over");
        }
        UUID id = Ids.next();
        sql.update(
                "insert into procurement.question(id, tender_id, asker_org, lot, text, asked_at) values (?,?,?,?,?,?)",
                id,
                tenderId,
                caller.orgId(),
                lot,
                text.strip(),
                clock.instant());
        audit.write("procurement.question-asked", tenderId.toString(), Map.of("question", id));
        return get(tenderId, id);
    }

    /**
     * The buyer's answer, for all to read.
     *
     * @throws NotFound {@code procurement.question-not-found}
     * @throws Conflict {@code procurement.question-answered}, {@code procurement.deadline-passed}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public QuestionView answer(UUID tenderId, UUID question, long seen, String answer) {
        TenderView tender = store.find(tenderId).orElseThrow(Tenders::unknown);
        if (!tender.buyerId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-tender", "Only its buyer answers");
        }
        new Limits("procurement.question-invalid", "Say something")
                .text("/answer", answer, 4000)
                .refuse();
        QuestionView asked = get(tenderId, question);
        StaleVersion.check(seen, asked.version());
        if (!asked.answer().isEmpty()) {
            throw new Conflict("procurement.question-answered", "An answer stays as all have read it");
        }
        if (!clock.instant().isBefore(tender.terms().deadline())) {
            throw new Conflict("procurement.deadline-passed", "The deadline has passed");
        }
        StaleVersion.checkChanged(sql.update(
                "update procurement.question set version = version + 1, answer = ?, answered_at = ? where id = ? and version = ?",
                answer.strip(),
                clock.instant(),
                question,
                seen));
        audit.write("procurement.question-answered", tenderId.toString(), Map.of("question", question));
        answered.fire(new QuestionAnswered(tenderId, question));
        return get(tenderId, question);
    }

    private QuestionView get(UUID tender, UUID id) {
        return sql.first(
                        "select * from procurement.question where id = ? and tender_id = ?",
                        QuestionView::read,
                        id,
                        tender)
                .orElseThrow(() -> new NotFound("procurement.question-not-found", "No such question"));
    }
}

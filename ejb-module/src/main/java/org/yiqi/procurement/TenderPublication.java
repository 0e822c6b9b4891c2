package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActRejected;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.organisation.Qualification;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * From a draft to the public notice: every opener registers a key that it made for this tender, the buyer signs what is
 * published, the openers sign it too, and with the last signature it is public.
 */
@Stateless
@Secured
public class TenderPublication {

    static final String TYPE = "tender.published";

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
    Qualification qualification;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<TenderPublished> published;

    /**
     * Registers the key that the caller's organisation made for one envelope, with a proof that it has its private half.
     *
     * @param key Base64 of the public key as {@link SignatureAlgorithm#SM2_SM3} takes it
     * @param proof Base64 of that key's signature over {@link TenderStanding#openersProof}
     * @throws NotPermitted {@code procurement.not-an-opener}
     * @throws RuleViolation {@code procurement.key-invalid}
     * @throws Conflict {@code procurement.key-registered}, {@code procurement.key-known}, {@code procurement.tender-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView registerKey(UUID id, Envelope envelope, String key, String proof) {
        TenderView tender = store.lock(id).orElseThrow(Tenders::unknown);
        if (!tender.terms().openers().contains(caller.orgId())) {
            throw new NotPermitted("procurement.not-an-opener", "Your organisation does not open this tender");
        }
        if (tender.state() != TenderState.DRAFT) {
            throw new Conflict("procurement.tender-state", "Keys are registered before the publication")
                    .with("state", tender.state().name());
        }
        new Limits("procurement.key-invalid", "The key or its proof does not fit")
                .check("/envelope", tender.terms().envelopes().contains(envelope), "an envelope of this tender")
                .check(
                        "/proof",
                        proves(id, envelope, key, proof),
                        "the key's signature over tender, opener and envelope")
                .refuse();
        sql.update(
                "insert into procurement.opener_key(tender_id, org_id, envelope, public_key, proof, registered_at) values (?,?,?,?,?,?)",
                id,
                caller.orgId(),
                envelope.name(),
                key,
                proof,
                clock.instant());
        sql.update("update procurement.tender set version = version + 1 where id = ?", id);
        audit.write("procurement.opener-key-registered", id.toString(), Map.of("envelope", envelope.name()));
        return tenders.get(id);
    }

    private boolean proves(UUID tender, Envelope envelope, String key, String proof) {
        try {
            byte[] point = Base64.getDecoder().decode(key);
            byte[] signature = Base64.getDecoder().decode(proof);
            // One spelling of a key: another one of the same would pass as another key.
            return Base64.getEncoder().encodeToString(point).equals(key)
                    && SignatureAlgorithm.SM2_SM3.verifies(
                            point, TenderStanding.openersProof(tender, caller.orgId(), envelope.name()), signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The buyer signs; the tender waits for its openers' signatures.
     *
     * @throws Conflict {@code procurement.keys-missing}
     * @throws RuleViolation {@code procurement.window-short}, {@code procurement.deadline-rest-day}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public TenderView publish(UUID id, long seen) {
        TenderView tender = tenders.own(id, seen, TenderState.DRAFT);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        if (!tender.hasAllKeys()) {
            throw new Conflict("procurement.keys-missing", "Every opener registers a key for every envelope first");
        }
        Instant now = clock.instant();
        BusinessCalendar calendar = store.calendar();
        int days = plans.rules(calendar.day(now)).openDays();
        checkDeadline(calendar, now, days, tender.terms().deadline());
        TermsDocument.Terms terms = TermsDocument.of(
                tender,
                store.documents(id),
                store.amendments(id),
                tender.terms().deadline());
        UUID act = acts.propose(act(tender, terms, now));
        sql.update("""
                update procurement.tender set version = version + 1, state = 'SIGNING', pending_act = ?, terms = ?, terms_salt = ?
                 where id = ?""", act, terms.text(), terms.salt(), id);
        audit.write("procurement.tender-signed", id.toString(), Map.of("act", act));
        return tenders.get(id);
    }

    /** A deadline leaves the days that the law gives, and does not fall on a day of rest. */
    static void checkDeadline(BusinessCalendar calendar, Instant from, int days, Instant deadline) {
        LocalDate earliest = calendar.lastDay(from, days);
        LocalDate day = calendar.day(deadline);
        if (day.isBefore(earliest)) {
            throw new RuleViolation("procurement.window-short", "The deadline leaves too few days")
                    .at("/deadline", days + " days: not before " + earliest);
        }
        if (!calendar.isWorkingDay(day)) {
            throw new RuleViolation("procurement.deadline-rest-day", "The deadline falls on a day of rest")
                    .at("/deadline", "a working day, such as " + calendar.workingDayFrom(day));
        }
    }

    /** What the buyer and the openers of a tender sign. */
    public static NewAct act(TenderView tender, TermsDocument.Terms terms, Instant now) {
        List<Party> parties = new ArrayList<>(List.of(new Party(tender.buyerId(), PartyRole.BUYER)));
        tender.terms().openers().forEach(org -> parties.add(new Party(org, PartyRole.OPENER)));
        List<Map<String, Object>> keys = tender.keys().stream()
                .map(k -> Map.<String, Object>of(
                        "envelope",
                        k.envelope().name(),
                        "key",
                        k.key(),
                        "opener",
                        k.opener().toString(),
                        "proof",
                        k.proof()))
                .collect(Collectors.toList());
        Map<String, Object> body = Map.of(
                "deadline",
                tender.terms().deadline().toString(),
                "threshold",
                Integer.toString(tender.terms().threshold()),
                "envelopes",
                tender.terms().envelopes().stream().map(Enum::name).toList(),
                "lots",
                tender.terms().lots().stream().map(Lot::code).toList(),
                "openers",
                keys);
        return new NewAct(
                TYPE, Subject.tender(tender.id()), now, parties, body, List.of(terms.evidence()), tender.id());
    }

    /** All have signed: it is public from now on. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (completed.type().equals(TYPE) && completed.reference() != null) {
            UUID id = completed.reference();
            Instant now = clock.instant();
            sql.update("""
                    update procurement.tender set version = version + 1, state = 'TENDERING', published_at = ?, act_id = ?,
                      terms_digest = ?, pending_act = null where id = ? and pending_act = ?""", now, completed.actId(), acts.get(completed.actId()).digest(), id, completed.actId());
            audit.write("procurement.tender-published", id.toString(), Map.of("act", completed.actId()));
            published.fire(new TenderPublished(id));
        }
    }

    /** Not all signed in time: it is a draft again. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        if (expired.type().equals(TYPE) && expired.reference() != null) {
            sql.update(
                    "update procurement.tender set version = version + 1, state = 'DRAFT', pending_act = null where id = ? and pending_act = ?",
                    expired.reference(),
                    expired.actId());
        }
    }

    /** The ledger does not know the tender: nobody can bid on it, so it ends, and a new one can be drafted from the plan. */
    @PermitAll
    public void on(@Observes ActRejected rejected) {
        if (rejected.type().equals(TYPE) && rejected.reference() != null) {
            sql.update("""
                    update procurement.tender set version = version + 1, state = 'CANCELLED', ended_reason = 'LEDGER_REFUSED',
                      ended_note = ?, ended_at = ? where id = ? and act_id = ? and state = 'TENDERING'""", rejected.refusal(), clock.instant(), rejected.reference(), rejected.actId());
        }
    }
}

package org.yiqi.ledger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Puts acts on the ledger, in the transaction of the business change that they stand for.
 *
 * <p>An act is {@link #propose proposed} by one whom it binds and {@link #sign signed} by the others, and the business change
 * happens with {@link ActCompleted}: at once, when nobody else must sign and the platform keeps the proposer's key. The
 * ledger's own rules are asked at once: what it would refuse is a {@link RuleViolation} with its code
 * ({@code ledger.not-custodian}, ...) and rolls the business change back.
 */
@Stateless
@Secured
public class Acts {

    private static final Listing<ActView> LISTING = Listing.of(ActStore.COLUMNS, "ledger.act", "act.id", ActStore::read)
            .sort("createdAt", "act.created_at", "timestamptz")
            .sort("occurredAt", "act.occurred_at", "timestamptz")
            .sort("type", "act.type", "text")
            .sort("state", "act.state", "text")
            .defaultSort("-createdAt")
            .filter("subject", "act.subject", "text")
            .filter("type", "act.type", "text")
            .filter("state", "act.state", "text")
            .filter("reference", "act.reference", "uuid")
            // An act that has expired still says whose signatures were missing; ask for the state too.
            .filterWhere("signer", "act.missing <> '{}' and act.missing && cast(? as uuid[])", "uuid")
            .search("(act.subject || ' ' || act.id || ' ' || act.type) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    ActWriter writer;

    @Inject
    AuditLog audit;

    @Inject
    Event<ActCompleted> completed;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("act_follows_one", "ledger.chain-break");
    }

    /**
     * Writes an act with the caller's organisation's signature, unless it holds its key itself; the act then waits for that
     * signature as it waits for those of others. {@link ActCompleted} is fired when the last one is there, which may be at
     * once.
     *
     * @return the act's id
     * @throws NotPermitted {@code ledger.not-a-signer}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public UUID propose(NewAct wanted) {
        UUID org = caller.orgId();
        UUID person = caller.personId();
        Step step = asLedger(c -> {
            ActWriter.Draft draft = draft(c, wanted, org);
            Optional<ActSignature> signature = writer.sign(c, org, person, draft.act());
            SignedAct signed =
                    new SignedAct(draft.act(), signature.map(List::of).orElse(List.of()));
            Set<UUID> missing = ActWriter.missing(signed);
            writer.insert(c, signed, missing, wanted.reference(), person);
            audited(missing.isEmpty() ? "ledger.signed" : "ledger.proposed", draft.act());
            return new Step(draft.act(), missing.isEmpty(), wanted.reference());
        });
        return announce(step);
    }

    /**
     * Proposes many acts, one on each subject, that the caller's organisation signs alone: the holds of a recall. No event
     * tells of them one by one; those that cannot stand are left out and the others go on.
     *
     * @return by subject what became of each
     */
    @RolesAllowed(Roles.SIGNATORY)
    public Map<Subject, Proposed> proposeAll(List<NewAct> wanted) {
        UUID org = caller.orgId();
        Map<Subject, Proposed> answers = asLedger(c -> writer.proposeAll(c, wanted, org, caller.personId()));
        long taken = answers.values().stream().filter(p -> p.actId() != null).count();
        if (taken > 0) {
            audit.write(
                    "ledger.proposed-many",
                    String.valueOf(wanted.get(0).reference()),
                    Map.of("type", wanted.get(0).type(), "acts", taken));
        }
        return answers;
    }

    /**
     * Adds the caller's organisation's signature to a waiting act; with the last one {@link ActCompleted} is fired.
     *
     * @throws NotFound {@code ledger.act-not-found}
     * @throws NotPermitted {@code ledger.not-a-signer}
     * @throws Conflict {@code ledger.already-signed}, {@code ledger.not-waiting}, {@code ledger.act-expired},
     *     {@code ledger.key-held}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public void sign(UUID actId) {
        if (!signIfManaged(actId)) {
            throw new Conflict("ledger.key-held", "Your organisation signs with its own tool");
        }
    }

    /**
     * Like {@link #sign}, for a step of a business process that may wait for the signature: an organisation that holds its key
     * itself posts it later.
     *
     * @return false when the act goes on waiting, because the organisation holds its key itself
     */
    @RolesAllowed(Roles.SIGNATORY)
    public boolean signIfManaged(UUID actId) {
        UUID org = caller.orgId();
        UUID person = caller.personId();
        get(actId);
        Optional<Step> step = asLedger(c -> {
            ActView waiting = waiting(c, actId, org);
            Optional<ActSignature> signature =
                    writer.sign(c, org, person, waiting.signed().act());
            return signature.isEmpty() ? Optional.empty() : Optional.of(add(c, waiting, signature.get()));
        });
        step.ifPresent(this::announce);
        return step.isPresent();
    }

    /**
     * Adds a signature that the caller's organisation made with a key that it holds itself, over {@link Act#bytes}.
     *
     * @throws RuleViolation {@code ledger.wrong-signature}, {@code ledger.unknown-key}, ...
     */
    @RolesAllowed(Roles.SIGNATORY)
    public void addSignature(UUID actId, ActSignature signature) {
        UUID org = caller.orgId();
        get(actId);
        if (!signature.org().equals(org)) {
            throw new NotPermitted("ledger.not-a-signer", "Sign for your own organisation");
        }
        announce(asLedger(c -> {
            ActView waiting = waiting(c, actId, org);
            writer.verify(c, waiting.signed().act(), signature);
            return add(c, waiting, signature);
        }));
    }

    /**
     * Refuses an act that still waits for a signature, for one whom it would bind; its place in the subject's chain is free
     * again. The refusal is the caller's own deed, so no {@link ActExpired} follows.
     *
     * @throws NotPermitted {@code ledger.not-a-signer}
     * @throws Conflict {@code ledger.not-waiting}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public void refuse(UUID actId) {
        UUID org = caller.orgId();
        get(actId);
        asLedger(c -> {
            ActView act = ActStore.lock(c, actId).orElseThrow(Acts::notFound);
            if (act.signed().act().parties().stream().noneMatch(p -> p.org().equals(org))) {
                throw new NotPermitted("ledger.not-a-signer", "This act does not bind your organisation");
            }
            if (!ActStore.refuse(c, actId)) {
                throw new Conflict("ledger.not-waiting", "This act does not wait for a signature");
            }
            audited("ledger.refused", act.signed().act());
            return act;
        });
    }

    /**
     * Records an act of the platform itself. Only for work in {@link Scope#SYSTEM}.
     *
     * @return the act's id
     */
    @PermitAll
    public UUID recordAsPlatform(NewAct wanted) {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("ledger.system-only", "Only the system's own work signs for the platform");
        }
        return asLedger(c -> writer.asPlatform(c, wanted));
    }

    /** Acts that concern the caller's organisation; all of them for regulators and the platform. */
    @RolesAllowed("**")
    public Page<ActView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws NotFound {@code ledger.act-not-found}, also for an act that does not concern the caller */
    @RolesAllowed("**")
    public ActView get(UUID id) {
        try (Connection c = dataSource.getConnection()) {
            return ActStore.find(c, id).orElseThrow(Acts::notFound);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How far an act has come that concerns the caller's organisation. */
    @RolesAllowed("**")
    public ActState stateOf(UUID id) {
        return get(id).state();
    }

    private ActWriter.Draft draft(Connection c, NewAct wanted, UUID org) throws SQLException {
        ActWriter.Draft draft = writer.draft(c, wanted);
        if (!draft.signers().contains(org)) {
            throw new NotPermitted("ledger.not-a-signer", "This act does not bind your organisation");
        }
        return draft;
    }

    private ActView waiting(Connection c, UUID id, UUID org) throws SQLException {
        ActView act = ActStore.lock(c, id).orElseThrow(Acts::notFound);
        boolean signed =
                act.signed().signatures().stream().anyMatch(s -> s.org().equals(org));
        if (signed && !act.missing().contains(org)) {
            throw new Conflict("ledger.already-signed", "Your organisation has signed this act");
        }
        if (act.state() != ActState.WAITING_SIGNATURE) {
            throw new Conflict("ledger.not-waiting", "This act does not wait for a signature");
        }
        if (!act.missing().contains(org)) {
            throw new NotPermitted("ledger.not-a-signer", "This act does not bind your organisation");
        }
        if (!clock.instant().isBefore(act.expiresAt())) {
            throw new Conflict("ledger.act-expired", "The time to sign this act is over");
        }
        return act;
    }

    private Step add(Connection c, ActView waiting, ActSignature signature) throws SQLException {
        List<ActSignature> signatures = new ArrayList<>(waiting.signed().signatures());
        if (signatures.stream().anyMatch(s -> s.keyId().equals(signature.keyId()))) {
            throw new Conflict("ledger.already-signed", "This key has signed this act");
        }
        signatures.add(signature);
        SignedAct signed = new SignedAct(waiting.signed().act(), signatures);
        Set<UUID> missing = ActWriter.missing(signed);
        writer.update(c, signed, missing);
        audited("ledger.signed", signed.act());
        return new Step(signed.act(), missing.isEmpty(), waiting.reference());
    }

    private UUID announce(Step step) {
        Act act = step.act();
        if (step.complete()) {
            completed.fire(new ActCompleted(act.id(), act.type(), act.subject(), step.reference()));
        }
        return act.id();
    }

    private void audited(String action, Act act) {
        audit.write(
                action,
                act.id().toString(),
                Map.of("type", act.type(), "subject", act.subject().toString()));
    }

    /** The whole ledger is needed to continue a chain, however little of it the caller may see. */
    private <R> R asLedger(Sql.Work<R> work) {
        return LedgerWide.on(dataSource, work);
    }

    private static NotFound notFound() {
        return new NotFound("ledger.act-not-found", "No such act");
    }

    private record Step(Act act, boolean complete, @Nullable UUID reference) {}
}

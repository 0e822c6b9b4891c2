package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What the parties of a case say, each once and in its days. Who says nothing is noted as silent by the clock. */
@Stateless
@Secured
public class LiabilityStatements {

    private static final int LONGEST = 8000;

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityExhibits exhibits;

    @Inject
    LiabilityProgress progress;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Speaks for the caller's organisation; what it said stands.
     *
     * @throws NotPermitted {@code rental.liability-party-only}
     * @throws Conflict {@code rental.statement-made}, {@code rental.statement-late}, {@code rental.liability-wrong-state}
     */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.CLINICAL,
        Roles.ORG_ADMIN,
        Roles.SIGNATORY,
        Roles.TECHNICIAN,
        Roles.SUPPLIER,
        Roles.CARRIER,
        Roles.PLATFORM_OPERATOR
    })
    public LiabilityView state(UUID id, String text) {
        String said = text.strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            throw new RuleViolation("rental.statement-invalid", "Say something")
                    .at("/statement", "1 to " + LONGEST + " characters");
        }
        Instant now = clock.instant();
        LiabilityView seen = store.lock(id);
        LiabilityView.Party party = seen.party(caller.orgId())
                .orElseThrow(() -> new NotPermitted("rental.liability-party-only", "Only a party of the case speaks"));
        if (seen.state() != LiabilityState.STATEMENTS) {
            throw LiabilityStore.wrongState(seen.state());
        }
        if (party.statedAt() != null) {
            throw new Conflict("rental.statement-made", "Your organisation has made its statement");
        }
        Instant due = party.due();
        if (party.silentAt() != null || (due != null && !now.isBefore(due))) {
            throw new Conflict("rental.statement-late", "The days for a statement are over");
        }
        sql.update(
                "update rental.liability_party set statement = ?, stated_by = ?, stated_at = ? where liability_id = ? and org_id = ?",
                said,
                caller.personId(),
                now,
                id,
                caller.orgId());
        exhibits.add(
                id,
                LiabilityEvidenceKind.STATEMENT,
                caller.orgId(),
                Map.of("organisation", caller.orgId(), "statement", said));
        store.touch(seen, "state", "", now, "");
        audit.write("rental.statement-made", id.toString(), Map.of());
        progress.assessIfComplete(id);
        return store.get(id);
    }
}

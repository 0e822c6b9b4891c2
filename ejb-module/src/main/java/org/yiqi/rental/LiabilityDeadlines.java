package org.yiqi.rental;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** What time alone does to a case: facts freeze, silence is noted, a decision becomes final. Only for the system's own work. */
@Stateless
@Secured
@PermitAll
@RunAs(Roles.SYSTEM)
public class LiabilityDeadlines {

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityExhibits exhibits;

    @Inject
    LiabilityFreezing freezing;

    @Inject
    LiabilityProgress progress;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** The cases for which a moment has come, at most a hundred at a time. */
    public List<UUID> due() {
        checkSystem();
        Instant now = clock.instant();
        return sql.list("""
                select id from rental.liability l where (state = 'EVIDENCE' and discovered_at <= ?)
                   or (state = 'STATEMENTS' and exists (select 1 from rental.liability_party p where p.liability_id = l.id
                         and p.stated_at is null and p.silent_at is null and p.due <= ?))
                   or (state = 'DECIDED' and appeal_due <= ? and appeal_org is null) order by id limit 100""", rs -> rs.getObject(1, UUID.class), now.minus(Duration.ofMinutes(10)), now, now);
    }

    /** One case in a transaction of its own, so that one that fails does not hold up the others. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void meet(UUID id) {
        checkSystem();
        switch (store.lock(id).state()) {
            case EVIDENCE -> freezing.freezeIfSealed(id);
            case STATEMENTS -> noteSilence(id);
            case DECIDED -> progress.finish(id);
            default -> {
                // It went on meanwhile.
            }
        }
    }

    private void noteSilence(UUID id) {
        Instant now = clock.instant();
        LiabilityView seen = store.get(id);
        for (LiabilityView.Party party : seen.parties()) {
            Instant due = party.due();
            if (!party.heard() && due != null && !now.isBefore(due)) {
                sql.update(
                        "update rental.liability_party set silent_at = ? where liability_id = ? and org_id = ?",
                        now,
                        id,
                        party.org());
                exhibits.add(
                        id,
                        LiabilityEvidenceKind.STATEMENT,
                        party.org(),
                        Map.of("organisation", party.org(), "silentSince", due));
                store.touch(seen, "silent", party.org().toString(), now, "");
                audit.write(
                        "rental.statement-silent",
                        id.toString(),
                        Map.of("org", party.org().toString()));
            }
        }
        progress.assessIfComplete(id);
    }

    private void checkSystem() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("rental.system-only", "Only the application itself does this");
        }
    }
}

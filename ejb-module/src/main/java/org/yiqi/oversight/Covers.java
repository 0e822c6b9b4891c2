package org.yiqi.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Maintenance contracts and insurance policies that a unit's owner puts on record; {@link Responsibilities} reads them. */
@Stateless
@Secured
public class Covers {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Units units;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("cover_one_at_a_time", "oversight.cover-overlaps");
    }

    /**
     * @return the contract's or policy's id
     * @throws NotFound {@code equipment.unit-not-found}
     * @throws NotPermitted {@code oversight.cover-owner-only}
     * @throws RuleViolation {@code oversight.cover-invalid}
     * @throws org.yiqi.shared.problem.Conflict {@code oversight.cover-overlaps} if another covers part of the time
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public UUID record(RecordCover cover) {
        UnitView unit = units.get(cover.unitId());
        if (!unit.ownerId().equals(caller.orgId())) {
            throw new NotPermitted("oversight.cover-owner-only", "Only the owner has a unit maintained and insured");
        }
        String name = cover.providerName() == null ? "" : cover.providerName().strip();
        check(cover, name);
        UUID id = Ids.next();
        sql.update(
                """
                insert into oversight.cover(id, unit_id, owner_id, kind, provider_id, provider_name, number, from_at, until_at,
                  document_sha256, recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                unit.id(),
                caller.orgId(),
                cover.kind().name(),
                cover.providerId(),
                name,
                cover.number().strip(),
                cover.from(),
                cover.until(),
                digest(unit.id(), cover.documentId()),
                caller.personId(),
                clock.instant());
        audit.write(
                "oversight.cover-recorded",
                id.toString(),
                Map.of("unit", unit.id().toString(), "kind", cover.kind().name()));
        return id;
    }

    private void check(RecordCover cover, String name) {
        if (cover.kind() != ResponsibilityKind.MAINTENANCE && cover.kind() != ResponsibilityKind.INSURANCE) {
            throw invalid("A contract maintains and a policy insures", "/kind", "MAINTENANCE or INSURANCE");
        }
        Recalls.said("/number", cover.number(), 100);
        if (name.length() > 200 || name.isEmpty() == (cover.providerId() == null)) {
            throw invalid(
                    "Name one provider", "/providerName", "an organisation's id, or a name of at most 200 characters");
        }
        if (cover.providerId() != null
                && !sql.exists("select 1 from organisation.organisation where id = ?", cover.providerId())) {
            throw invalid("No such organisation", "/providerId", "an organisation that exists");
        }
        if (cover.from().isBefore(EARLIEST) || cover.until().isAfter(LATEST)) {
            throw invalid("No contract is of that time", "/from", "from 1970 until 2200");
        }
        if (!cover.until().isAfter(cover.from())) {
            throw invalid("It ends after it begins", "/until", "after from");
        }
    }

    private String digest(UUID unit, @Nullable UUID document) {
        if (document == null) {
            return "";
        }
        return sql.first(
                        "select sha256 from equipment.document where id = ? and unit_id = ? and removed_at is null",
                        rs -> rs.getString(1),
                        document,
                        unit)
                .orElseThrow(() -> invalid("No such document", "/documentId", "a document of this unit"));
    }

    private static RuleViolation invalid(String message, String pointer, String rule) {
        return new RuleViolation("oversight.cover-invalid", message).at(pointer, rule);
    }

    /**
     * Ends a contract or policy now. One that has not begun never does.
     *
     * @throws NotFound {@code oversight.cover-not-found}, also for one that is over or not of a unit that the caller owns
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public void end(UUID id) {
        int ended = sql.update(
                """
                update oversight.cover set until_at = greatest(from_at, ?), ended_by = ?, ended_at = ?
                where id = ? and (select u.owner_id from equipment.unit u where u.id = unit_id) = ? and until_at > ? and until_at > from_at""", clock.instant(), caller.personId(), clock.instant(), id, caller.orgId(), clock.instant());
        if (ended == 0) {
            throw new NotFound("oversight.cover-not-found", "No such contract or policy in force");
        }
        audit.write("oversight.cover-ended", id.toString(), Map.of());
    }
}

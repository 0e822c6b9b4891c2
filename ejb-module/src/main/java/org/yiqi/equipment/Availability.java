package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.domain.Unit;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** Whether a unit may be used: its way through {@link UnitStatus}, and the holds that stop it. */
@Stateless
@Secured
public class Availability {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<UnitStatusChanged> changed;

    /** Installation and operation are qualified. */
    @RolesAllowed(Roles.EQUIPMENT)
    public void commission(UUID unitId) {
        byItsKeeper(unitId, Unit::commission);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public void makeAvailable(UUID unitId) {
        byItsKeeper(unitId, Unit::makeAvailable);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public void reportMissing(UUID unitId) {
        byItsKeeper(unitId, Unit::reportMissing);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public void found(UUID unitId) {
        byItsKeeper(unitId, Unit::found);
    }

    /** It is on its way to whoever booked it; reserving twice is once. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SYSTEM, Roles.PLATFORM_OPERATOR})
    public void reserve(UUID unitId, UUID referenceId) {
        move(unitId, referenceId, Unit::reserve);
    }

    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.SIGNATORY, Roles.SYSTEM})
    public void beginUse(UUID unitId, UUID referenceId) {
        move(unitId, referenceId, Unit::beginUse);
    }

    /** Works on a stopped unit too: it becomes available once nothing stops it. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.SIGNATORY, Roles.SYSTEM, Roles.PLATFORM_OPERATOR})
    public void endUse(UUID unitId, UUID referenceId) {
        move(unitId, referenceId, Unit::endUse);
    }

    /** Proposed for disposal. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SYSTEM})
    public void retire(UUID unitId, UUID referenceId) {
        move(unitId, referenceId, Unit::retire);
    }

    /** Not disposed of after all. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.SYSTEM})
    public void keep(UUID unitId, UUID referenceId) {
        move(unitId, referenceId, Unit::keep);
    }

    /**
     * The unit is at its end, for ever. Its serial number and UDI are never registered again, unless it was certified for
     * reuse: then whoever has it may, and its history is linked.
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.RECYCLER, Roles.SIGNATORY, Roles.SYSTEM})
    public void dispose(UUID unitId, UUID referenceId, boolean reusable) {
        move(unitId, referenceId, Unit::dispose);
        Sql.in(
                dataSource,
                c -> reusable
                        ? Sql.run(c, "update equipment.unit set left_for_reuse = true where id = ?", unitId)
                        : Sql.run(c, """
                                insert into equipment.tombstone(unit_id, model_id, maker, model_number, serial, udi, at)
                                select u.id, m.id, lower(m.manufacturer), lower(m.model_number), u.serial, u.udi, ?
                                  from equipment.unit u join equipment.model m on m.id = u.model_id where u.id = ?""", clock.instant(), unitId));
    }

    /** Stops a unit until {@link #release} with the same reference; stopping it twice for one reference is once. */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.CLINICAL,
        Roles.TECHNICIAN,
        Roles.REGULATOR,
        Roles.PLATFORM_OPERATOR,
        Roles.SYSTEM
    })
    public void quarantine(UUID unitId, String reason, UUID referenceId) {
        hold(unitId, HoldKind.QUARANTINE, reason, referenceId);
    }

    /** Someone works on the unit until {@link #release} with the same reference. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SYSTEM})
    public void maintain(UUID unitId, String reason, UUID referenceId) {
        hold(unitId, HoldKind.MAINTENANCE, reason, referenceId);
    }

    /** Ends the holds that stand for this reference; when the last one goes, the unit is where it was before. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.REGULATOR, Roles.PLATFORM_OPERATOR, Roles.SYSTEM})
    public void release(UUID unitId, UUID referenceId) {
        holdsChange(unitId, referenceId, c -> {
            int ended = Sql.run(
                    c,
                    "update equipment.hold set released_at = ? where unit_id = ? and reference_id = ? and released_at is null",
                    clock.instant(),
                    unitId,
                    referenceId);
            if (ended > 0) {
                audit.write("equipment.hold-released", unitId.toString(), Map.of("reference", referenceId.toString()));
            }
            return ended > 0;
        });
    }

    /** The holds that stand now. */
    @RolesAllowed("**")
    public List<HoldView> holds(UUID unitId) {
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.hold where unit_id = ? and released_at is null order by placed_at",
                        Availability::hold,
                        unitId));
    }

    private void hold(UUID unitId, HoldKind kind, String reason, UUID referenceId) {
        holdsChange(unitId, referenceId, c -> {
            int placed = Sql.run(
                    c,
                    """
                    insert into equipment.hold(id, unit_id, kind, reason, reference_id, placed_at) values (?,?,?,?,?,?)
                    on conflict do nothing""",
                    Ids.next(),
                    unitId,
                    kind,
                    reason.length() > 300 ? reason.substring(0, 300) : reason,
                    referenceId,
                    clock.instant());
            if (placed > 0) {
                audit.write(
                        "equipment.hold-placed",
                        unitId.toString(),
                        Map.of("kind", kind.name(), "reference", referenceId.toString()));
            }
            return placed > 0;
        });
    }

    private void holdsChange(UUID unitId, UUID referenceId, Sql.Work<Boolean> change) {
        Sql.in(dataSource, c -> {
            Unit unit = UnitStore.lock(c, unitId);
            if (change.run(c)) {
                Set<HoldKind> standing = EnumSet.noneOf(HoldKind.class);
                holds(unitId).forEach(h -> standing.add(h.kind()));
                apply(c, unit, referenceId, u -> u.holdsChanged(standing));
            }
            return true;
        });
    }

    private void byItsKeeper(UUID unitId, Consumer<Unit> act) {
        Sql.in(dataSource, c -> {
            Unit unit = UnitStore.lock(c, unitId);
            if (caller.scope() == Scope.MEMBER
                    && !caller.orgId().equals(unit.ownerId())
                    && !caller.orgId().equals(unit.custodianId())) {
                throw new NotPermitted("equipment.not-the-keeper", "Only who owns or holds a unit does this");
            }
            boolean signedFor = Sql.one(
                            c, "select 1 from equipment.custody where unit_id = ? limit 1", rs -> true, unitId)
                    .isPresent();
            if (!signedFor) {
                throw new Conflict("equipment.not-signed-for", "The owner has still to sign for the unit");
            }
            apply(c, unit, null, act);
            return true;
        });
    }

    private void move(UUID unitId, UUID referenceId, Consumer<Unit> act) {
        Sql.in(dataSource, c -> {
            apply(c, UnitStore.lock(c, unitId), referenceId, act);
            return true;
        });
    }

    private void apply(Connection c, Unit unit, @Nullable UUID referenceId, Consumer<Unit> act) throws SQLException {
        UnitStatus before = unit.status();
        UnitStatus resume = unit.resume();
        act.accept(unit);
        if (before == unit.status() && resume == unit.resume()) {
            return;
        }
        Instant now = clock.instant();
        UnitStore.updateStatus(c, unit, now);
        if (before == unit.status()) {
            return;
        }
        Map<String, String> details =
                Map.of("before", before.name(), "after", unit.status().name());
        HistoryLog.write(c, caller, unit.id(), now, "status-changed", referenceId, details);
        audit.write("equipment.unit-status-changed", unit.id().toString(), details);
        changed.fire(new UnitStatusChanged(unit.id(), before, unit.status(), referenceId));
    }

    private static HoldView hold(ResultSet rs) throws SQLException {
        return new HoldView(
                Sql.uuid(rs, "id"),
                HoldKind.valueOf(rs.getString("kind")),
                rs.getString("reason"),
                Sql.uuid(rs, "reference_id"),
                Sql.instant(rs, "placed_at"));
    }
}

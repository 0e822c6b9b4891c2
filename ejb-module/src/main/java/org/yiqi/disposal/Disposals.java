package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Disposals: proposed, looked up, withdrawn. What happens in between is in the services named after it. */
@Stateless
@Secured
public class Disposals {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Nobody books further ahead than this. */
    private static final long BOOKING_HORIZON_DAYS = 3L * 366;

    private static final Listing<DisposalRow> LISTING = Listing.of(
                    "d.*, coalesce(d.chosen_way, d.way) as way_now", "disposal.disposal d", "d.id", DisposalStore::row)
            .sort("madeAt", "d.made_at", "timestamptz")
            .sort("number", "d.number", "text")
            .sort("value", "coalesce(d.value_likely, 0)", "bigint")
            .sort("certificateBy", "coalesce(d.certificate_by, 'infinity'::timestamptz)", "timestamptz")
            .defaultSort("-madeAt")
            .filter("state", "d.state", "text")
            .filter("category", "d.category", "text")
            .filter("unit", "d.unit_id", "uuid")
            .filter("owner", "d.org_id", "uuid")
            .filter("recycler", "d.recycler_id", "uuid")
            .filter("receiver", "d.receiver_id", "uuid")
            .filter("way", "coalesce(d.chosen_way, d.way)", "text")
            .filter("overdue", "d.overdue", "boolean")
            .search(
                    "(d.number || ' ' || d.unit_zh || ' ' || d.unit_en || ' ' || d.asset_tag || ' ' || d.serial) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Succession succession;

    @Inject
    Units units;

    @Inject
    Availability availability;

    @Inject
    Calendar calendar;

    @Inject
    WorkOrders workOrders;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Filters: {@code state, category, unit, owner, recycler, receiver, way, overdue}; sorts: {@code madeAt, number, value, certificateBy}. */
    @RolesAllowed("**")
    public Page<DisposalRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<DisposalRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code disposal.not-found}, for another tenant's too */
    @RolesAllowed("**")
    public DisposalView get(UUID id) {
        return store.get(id);
    }

    /**
     * Proposes the end of a unit, which takes it out of service at once. A repair that is not worth it is given up with it.
     *
     * @throws NotFound {@code equipment.unit-not-found}
     * @throws Conflict {@code disposal.already-open}, {@code disposal.unit-away}, {@code disposal.unit-rented},
     *     {@code disposal.order-open}, {@code disposal.unit-held}, {@code equipment.wrong-status}
     * @throws RuleViolation {@code disposal.lien}, {@code disposal.reason-missing}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView propose(Propose command) {
        UnitView unit = units.get(command.unitId());
        if (!unit.ownerId().equals(caller.orgId())) {
            throw new NotPermitted("disposal.owner-only", "Only the owner disposes of a unit");
        }
        if (command.reason().isBlank() || command.reason().length() > 2000) {
            throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
        }
        if (!command.unencumbered()) {
            throw new RuleViolation("disposal.lien", "A unit with a lien on it is not disposed of")
                    .at("/unencumbered", "true");
        }
        if (unit.status() == UnitStatus.RETIRING || unit.status() == UnitStatus.DISPOSED) {
            throw new Conflict("disposal.already-open", "The unit is on its way out or gone");
        }
        UUID order = command.workOrderId();
        if (order != null) {
            giveUp(order, unit, command.reason());
        }
        refuseWhenNeeded(unit);
        UUID id = Ids.next();
        Instant now = clock.instant();
        sql.update(
                """
                insert into disposal.disposal(id, number, unit_id, org_id, unit_zh, unit_en, asset_tag, serial, category, cause, reason,
                  work_order_id, state, made_by, made_at)
                values (?, 'D-' || lpad(nextval('disposal.disposal_number')::text, 6, '0'), ?,?,?,?,?,?,?,?,?,?, 'PROPOSED', ?,?)""",
                id,
                unit.id(),
                unit.ownerId(),
                unit.model().name("zh"),
                unit.model().name("en"),
                unit.assetTag(),
                unit.serial(),
                unit.model().category(),
                command.cause().name(),
                command.reason().strip(),
                order,
                caller.personId(),
                now);
        availability.retire(unit.id(), id);
        audit.write(
                "disposal.proposed",
                id.toString(),
                Map.of("unit", unit.id().toString(), "cause", command.cause().name()));
        return get(id);
    }

    private void giveUp(UUID order, UnitView unit, String reason) {
        if (!workOrders.get(order).unit().id().equals(unit.id())) {
            throw new RuleViolation("disposal.order-of-another", "The work order is of another unit")
                    .at("/workOrderId", "an open order of the unit");
        }
        workOrders.giveUp(order, reason);
    }

    private void refuseWhenNeeded(UnitView unit) {
        if (!unit.custodianId().equals(unit.ownerId())) {
            throw new Conflict("disposal.unit-away", "Another organisation holds the unit");
        }
        Instant now = clock.instant();
        Period ahead = new Period(now, now.plusSeconds(BOOKING_HORIZON_DAYS * 86_400));
        if (calendar.slots(unit.id(), ahead).stream().anyMatch(s -> s.use() == SlotUse.RENTAL)) {
            throw new Conflict("disposal.unit-rented", "The unit is promised to somebody");
        }
        ListQuery open = ListQuery.all().where("unit", unit.id().toString()).where("open", "true");
        if (workOrders.list(open).total() > 0) {
            throw new Conflict("disposal.order-open", "A work order is open on the unit");
        }
        if (!availability.holds(unit.id()).isEmpty()) {
            throw new Conflict("disposal.unit-held", "A hold or a recall stands on the unit");
        }
    }

    /**
     * Gives the disposal up; the unit is back in service, or in quarantine when its repair was given up.
     *
     * @throws Conflict {@code disposal.wrong-state} once it was sold
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView withdraw(UUID id, String reason) {
        DisposalView disposal = store.lock(id);
        store.refuseOthers(disposal);
        if (!disposal.state().canBeWithdrawn() || disposal.actId() != null) {
            throw new Conflict("disposal.wrong-state", "Not while the disposal is " + disposal.state());
        }
        if (reason.isBlank() || reason.length() > 2000) {
            throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
        }
        store.move(id, DisposalState.WITHDRAWN, ", closing_note = ?", reason.strip());
        if (disposal.state() == DisposalState.PAUSED) {
            succession.callOff(disposal);
        }
        if (disposal.state() != DisposalState.REFURBISHING) {
            availability.keep(disposal.unitId(), id);
        }
        units.hide(id);
        if (disposal.workOrderId() != null) {
            availability.quarantine(disposal.unitId(), "BEYOND_REPAIR", id);
        }
        audit.write("disposal.withdrawn", id.toString(), Map.of("reason", reason.strip()));
        return get(id);
    }

    /** Days of business are days in China. */
    static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZONE);
    }

    /** The open disposal of a unit, or null. */
    @RolesAllowed("**")
    public @Nullable UUID openOf(UUID unitId) {
        List<UUID> open = sql.list("""
                select id from disposal.disposal where unit_id = ? and state <> 'WITHDRAWN'
                 and not (state = 'COMPLETED' and outcome in ('REDEPLOYED', 'DONATED', 'REFURBISHED'))""", rs -> rs.getObject(1, UUID.class), unitId);
        return open.isEmpty() ? null : open.get(0);
    }
}

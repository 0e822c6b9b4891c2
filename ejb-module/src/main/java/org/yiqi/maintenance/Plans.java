package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** Preventive service: plans made and changed by who owns or holds a unit. {@code PlannedService} turns them into orders. */
@Stateless
@Secured
public class Plans {

    private static final String IS_OVERDUE =
            "(p.active and p.next_due + p.tolerance_days < (now() at time zone 'Asia/Shanghai')::date)";

    @Inject
    Database database;

    @Inject
    PlanStore store;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    /** Filters: {@code unit, service, active, overdue, id}; sorts: {@code nextDue, title, assetTag}. */
    @RolesAllowed("**")
    public Page<PlanView> list(ListQuery query) {
        Listing<PlanView> listing = Listing.of("p.*", "maintenance.plan p", "p.id", store::read)
                .sort("nextDue", "p.next_due", "date")
                .sort("title", "p.title", "text")
                .sort("assetTag", "p.asset_tag", "text")
                .filter("id", "p.id", "uuid")
                .filter("unit", "p.unit_id", "uuid")
                .filter("service", "p.service_org", "uuid")
                .filter("active", "p.active", "boolean")
                .filterWhere("overdue", IS_OVERDUE + " = any(cast(? as boolean[]))", "boolean")
                .search("(p.title || ' ' || p.asset_tag || ' ' || p.model_name) ilike '%' || ? || '%'");
        return database.page(listing, query);
    }

    /** @throws NotFound {@code maintenance.plan-not-found} */
    @RolesAllowed("**")
    public PlanView get(UUID id) {
        List<PlanView> found = list(ListQuery.all().where("id", id.toString())).items();
        if (found.isEmpty()) {
            throw new NotFound("maintenance.plan-not-found", "No such plan");
        }
        return found.get(0);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public PlanView create(MakePlan plan) {
        UnitView unit = units.get(plan.unitId());
        checkKeeper(unit.ownerId(), unit.custodianId());
        check(plan);
        UUID id = Ids.next();
        UUID service = plan.serviceOrgId() == null ? unit.maintainerId() : plan.serviceOrgId();
        database.run(
                """
                insert into maintenance.plan(id, unit_id, model_name, asset_tag, owner_org, custodian_org, service_org, title, tasks,
                  interval_months, tolerance_days, duration_minutes, lead_days, last_done, next_due)
                values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                id,
                unit.id(),
                unit.model().name("zh"),
                unit.assetTag(),
                unit.ownerId(),
                unit.custodianId(),
                service,
                plan.title().strip(),
                plan.tasks().strip(),
                plan.intervalMonths(),
                plan.toleranceDays(),
                plan.durationMinutes(),
                plan.leadDays(),
                plan.lastDone(),
                plan.nextDue());
        audit.write(
                "maintenance.plan-made", id.toString(), Map.of("unit", unit.id().toString(), "title", plan.title()));
        return get(id);
    }

    /** The unit stays; everything else may change. */
    @RolesAllowed(Roles.EQUIPMENT)
    public PlanView change(UUID id, long seen, MakePlan plan) {
        PlanView before = get(id);
        checkKeeper(before.ownerId(), before.custodianId());
        StaleVersion.check(seen, before.version());
        check(plan);
        write(
                """
                update maintenance.plan set version = version + 1, service_org = coalesce(?, service_org), title = ?, tasks = ?,
                  interval_months = ?, tolerance_days = ?, duration_minutes = ?, lead_days = ?, last_done = ?, next_due = ?
                where id = ? and version = ?""",
                plan.serviceOrgId(),
                plan.title().strip(),
                plan.tasks().strip(),
                plan.intervalMonths(),
                plan.toleranceDays(),
                plan.durationMinutes(),
                plan.leadDays(),
                plan.lastDone(),
                plan.nextDue(),
                id,
                seen);
        audit.write("maintenance.plan-changed", id.toString(), Map.of("title", plan.title()));
        return get(id);
    }

    /** No more orders come from it; what is under way goes on. */
    @RolesAllowed(Roles.EQUIPMENT)
    public PlanView end(UUID id, long seen) {
        PlanView before = get(id);
        checkKeeper(before.ownerId(), before.custodianId());
        write(
                "update maintenance.plan set version = version + 1, active = false where id = ? and version = ?",
                id,
                seen);
        audit.write("maintenance.plan-ended", id.toString(), Map.of("title", before.title()));
        return get(id);
    }

    /** Whether service of the unit is overdue, so that it takes no new bookings; asked by whoever books, visible or not. */
    @RolesAllowed("**")
    public boolean overdue(UUID unitId) {
        return database.beyondTenant(c -> store.overdue(unitId).isPresent());
    }

    private void write(String sql, @Nullable Object... values) {
        StaleVersion.checkChanged(database.run(sql, values));
    }

    private void checkKeeper(UUID owner, UUID custodian) {
        if (caller.scope() == Scope.MEMBER
                && !caller.orgId().equals(owner)
                && !caller.orgId().equals(custodian)) {
            throw new NotPermitted("maintenance.not-the-keeper", "Only who owns or holds the unit does this");
        }
    }

    private static void check(MakePlan plan) {
        RuleViolation refusal =
                new RuleViolation("maintenance.plan-invalid", "Some values of the plan are out of range");
        within(refusal, plan.title().strip().length(), 1, 200, "/title");
        within(refusal, plan.tasks().length(), 0, 4000, "/tasks");
        within(refusal, plan.intervalMonths(), 1, 120, "/intervalMonths");
        within(refusal, plan.toleranceDays(), 0, 180, "/toleranceDays");
        within(refusal, plan.durationMinutes(), 15, 10_080, "/durationMinutes");
        within(refusal, plan.leadDays(), 1, 180, "/leadDays");
        within(refusal, plan.nextDue().getYear(), 2000, 2200, "/nextDue");
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }

    private static void within(RuleViolation refusal, int value, int low, int high, String pointer) {
        if (value < low || value > high) {
            refusal.at(pointer, low + " to " + high);
        }
    }
}

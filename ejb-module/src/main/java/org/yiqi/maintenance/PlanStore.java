package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.domain.WorkOrder;

/** Plans as rows, and what the end of an order does to its plan. */
@ApplicationScoped
class PlanStore {

    /** Due days are days of the hospital's calendar. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int SOON_DAYS = 30;

    @Inject
    Database database;

    @Inject
    Clock clock;

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    /** Done service moves the due day on from the day it was done; an order that ended otherwise frees the plan to make another. */
    void orderEnded(WorkOrder order, boolean done) {
        UUID plan = order.planId();
        if (plan == null) {
            return;
        }
        if (done) {
            LocalDate today = today();
            database.run("""
                    update maintenance.plan set version = version + 1, open_order = null, last_done = ?,
                           next_due = cast(? + make_interval(months => interval_months) as date) where id = ?""", today, today, plan);
        } else {
            database.run(
                    "update maintenance.plan set version = version + 1, open_order = null where id = ? and open_order = ?",
                    plan,
                    order.id());
        }
    }

    /** Plans that want an order: due within their lead, none under way. */
    List<PlanView> due(int most) {
        return database.all("""
                select * from maintenance.plan where active and open_order is null and next_due <= cast(? as date) + lead_days
                 order by next_due, id limit ?""", this::read, today(), most);
    }

    void ordered(UUID plan, UUID order) {
        database.run("update maintenance.plan set version = version + 1, open_order = ? where id = ?", order, plan);
    }

    /** The first plan of the unit whose tolerance is over. */
    Optional<PlanView> overdue(UUID unitId) {
        return database.one("""
                select * from maintenance.plan where unit_id = ? and active and next_due + tolerance_days < cast(? as date)
                 order by next_due limit 1""", this::read, unitId, today());
    }

    PlanView read(ResultSet rs) throws SQLException {
        boolean active = rs.getBoolean("active");
        LocalDate due = rs.getObject("next_due", LocalDate.class);
        int tolerance = rs.getInt("tolerance_days");
        return new PlanView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("unit_id", UUID.class),
                rs.getString("model_name"),
                rs.getString("asset_tag"),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("custodian_org", UUID.class),
                Database.id(rs, "service_org"),
                rs.getString("title"),
                rs.getString("tasks"),
                rs.getInt("interval_months"),
                tolerance,
                rs.getInt("duration_minutes"),
                rs.getInt("lead_days"),
                day(rs, "last_done"),
                due,
                active,
                Database.id(rs, "open_order"),
                standing(active, due, tolerance, today()));
    }

    static PlanView.Standing standing(boolean active, LocalDate due, int tolerance, LocalDate today) {
        if (!active) {
            return PlanView.Standing.ENDED;
        }
        if (today.isAfter(due.plusDays(tolerance))) {
            return PlanView.Standing.OVERDUE;
        }
        if (!today.isBefore(due)) {
            return PlanView.Standing.DUE;
        }
        return today.plusDays(SOON_DAYS).isBefore(due) ? PlanView.Standing.ON_TIME : PlanView.Standing.DUE_SOON;
    }

    private static @Nullable LocalDate day(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDate.class);
    }
}

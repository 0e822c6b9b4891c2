package org.yiqi.maintenance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.Listing;

/** Work orders as rows of the database, and the list of them. */
final class WorkOrderRows {

    static final Listing<WorkOrderView> LISTING = Listing.of(
                    "w.*", "maintenance.work_order w", "w.id", WorkOrderRows::read)
            .sort("requestedAt", "w.requested_at", "timestamptz")
            .sort("number", "w.number", "text")
            .sort("priority", "(w.risk * w.downtime)", "int")
            .sort("due", "coalesce(w.accept_by, w.fix_by, w.requested_at)", "timestamptz")
            .sort("state", "w.state", "text")
            .sort("assetTag", "w.asset_tag", "text")
            .defaultSort("-requestedAt")
            .filter("id", "w.id", "uuid")
            .filter("state", "w.state", "text")
            .filter("kind", "w.kind", "text")
            .filter("source", "w.source", "text")
            .filter("unit", "w.unit_id", "uuid")
            .filter("service", "w.service_org", "uuid")
            .filter("owner", "w.owner_org", "uuid")
            .filter("custodian", "w.custodian_org", "uuid")
            .filter("technician", "w.technician_id", "uuid")
            .filter("plan", "w.plan_id", "uuid")
            .filterWhere(
                    "episode",
                    "w.id in (select e.work_order_id from maintenance.work_order_episode e where e.episode_id = any(cast(? as uuid[])))",
                    "uuid")
            .filterWhere(
                    "open", "(w.state not in ('RELEASED','CLOSED','CANCELLED')) = any(cast(? as boolean[]))", "boolean")
            .filterWhere("level", """
                    (case when w.risk * w.downtime >= 15 then 'P1' when w.risk * w.downtime >= 8 then 'P2'
                          when w.risk * w.downtime >= 4 then 'P3' else 'P4' end) = any(cast(? as text[]))""", "text")
            .filterWhere("late", """
                    (coalesce(case when w.state = 'DISPATCHED' then w.accept_by when w.state in ('ACCEPTED','EN_ROUTE') then w.arrive_by
                       when w.state in ('TRIAGED','IN_PROGRESS','WAITING_SITE','REPAIRED','VERIFIED') then w.fix_by end < now(), false))
                      = any(cast(? as boolean[]))""", "boolean")
            .search(
                    "(w.number || ' ' || w.asset_tag || ' ' || w.serial_number || ' ' || w.model_name || ' ' || w.description)"
                            + " ilike '%' || ? || '%'");

    private WorkOrderRows() {}

    static WorkOrderView read(ResultSet rs) throws SQLException {
        int risk = rs.getInt("risk");
        int downtime = rs.getInt("downtime");
        WorkOrderState state = WorkOrderState.valueOf(rs.getString("state"));
        return new WorkOrderView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("number"),
                WorkOrderKind.valueOf(rs.getString("kind")),
                RequestSource.valueOf(rs.getString("source")),
                state,
                Database.at(rs, "since"),
                unit(rs),
                Database.id(rs, "requester_id"),
                Database.id(rs, "requester_org"),
                Database.id(rs, "service_org"),
                Database.id(rs, "parent_id"),
                Database.id(rs, "plan_id"),
                Database.id(rs, "episode_id"),
                Symptom.valueOf(rs.getString("symptom")),
                rs.getString("description"),
                rs.getBoolean("safety"),
                rs.getString("severity"),
                new WorkOrderView.OrderPriority(
                        risk,
                        downtime,
                        risk * downtime,
                        PriorityLevel.of(risk * downtime),
                        words(rs.getString("priority_reasons")).stream()
                                .map(PriorityReason::valueOf)
                                .toList()),
                times(rs),
                repair(rs),
                Database.id(rs, "verified_by"),
                rs.getBoolean("quarantined"),
                Database.id(rs, "hold_act"),
                Database.id(rs, "release_act"),
                rs.getObject("rating", Integer.class),
                rs.getString("rating_comment"));
    }

    private static WorkOrderView.OrderedUnit unit(ResultSet rs) throws SQLException {
        return new WorkOrderView.OrderedUnit(
                rs.getObject("unit_id", UUID.class),
                rs.getString("model_name"),
                rs.getString("asset_tag"),
                rs.getString("serial_number"),
                rs.getString("place"),
                rs.getString("region_code"),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("custodian_org", UUID.class));
    }

    private static WorkOrderView.OrderTimes times(ResultSet rs) throws SQLException {
        var down = Database.instant(rs, "down_since");
        var released = Database.instant(rs, "released_at");
        return new WorkOrderView.OrderTimes(
                Database.at(rs, "requested_at"),
                down,
                Database.instant(rs, "dispatched_at"),
                Database.instant(rs, "accept_by"),
                Database.instant(rs, "accepted_at"),
                Database.instant(rs, "started_at"),
                Database.instant(rs, "repaired_at"),
                Database.instant(rs, "verified_at"),
                released,
                Database.instant(rs, "closed_at"),
                Database.instant(rs, "arrive_by"),
                Database.instant(rs, "fix_by"),
                Database.instant(rs, "paused_since"),
                rs.getLong("paused_seconds"),
                Database.instant(rs, "slot_from"),
                Database.instant(rs, "slot_to"),
                down == null || released == null ? null : released.getEpochSecond() - down.getEpochSecond());
    }

    private static WorkOrderView.RepairSummary repair(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        return new WorkOrderView.RepairSummary(
                Database.id(rs, "technician_id"),
                rs.getString("diagnosis"),
                rs.getString("work_done"),
                rs.getString("purchase_order"),
                rs.getInt("labour_minutes"),
                Amount.of(Money.ofMinor(rs.getLong("labour_minor"), currency)),
                Amount.of(Money.ofMinor(rs.getLong("parts_minor"), currency)),
                rs.getInt("round"),
                words(rs.getString("failing")));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    }
}

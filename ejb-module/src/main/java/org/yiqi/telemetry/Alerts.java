package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Alert episodes as people work on them. Readings move them on by themselves; what a person decides is done here. */
@Stateless
@Secured
public class Alerts {

    private static final Listing<AlertView> LISTING = Listing.of(
                    "e.*, u.asset_tag, m.name_zh as unit_zh, m.name_en as unit_en, r.name_zh as rule_zh, r.name_en as rule_en, "
                            + "x.name as metric, x.unit as metric_unit",
                    "telemetry.alert_episode e join telemetry.rule r on r.id = e.rule_id join equipment.unit u on u.id = e.device_id "
                            + "join equipment.model m on m.id = u.model_id left join telemetry.metric x on x.id = r.metric_id",
                    "e.id",
                    Alerts::view)
            .sort("since", "e.since", "timestamptz")
            .sort("severity", "case e.severity when 'CRITICAL' then 3 when 'MAJOR' then 2 else 1 end", "int")
            .sort("state", "e.state", "text")
            .defaultSort("-since")
            .filter("id", "e.id", "uuid")
            .filter("unit", "e.device_id", "uuid")
            .filter("rule", "e.rule_id", "uuid")
            .filter("state", "e.state", "text")
            .filter("severity", "e.severity", "text")
            .filterWhere("open", "(e.state not in ('CLOSED','FALSE_ALARM'))::text = any(?)", "boolean")
            .search(
                    "e.device_id in (select equipment.units_like(lower(?))) or r.id in (select r.id from telemetry.rule r"
                            + " where (r.name_zh || ' ' || r.name_en) ilike '%' || ? || '%')")
            .countFrom("telemetry.alert_episode e join telemetry.rule r on r.id = e.rule_id");

    private static final List<String> RAISED = Stream.of(EpisodeState.values())
            .filter(state -> state != EpisodeState.PENDING)
            .map(EpisodeState::name)
            .toList();

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<AlertsMoved> moved;

    /**
     * Filters: {@code unit, rule, state, severity, open, id}; sorts: {@code since, severity, state}. What is only PENDING has
     * called nobody yet and is listed when asked for by state or id.
     */
    @RolesAllowed("**")
    public Page<AlertView> list(ListQuery query) {
        Map<String, List<String>> filters = new HashMap<>(query.filters());
        if (!filters.containsKey("state") && !filters.containsKey("id")) {
            filters.put("state", RAISED);
        }
        ListQuery raised =
                new ListQuery(query.limit(), query.offset(), query.cursor(), query.sort(), query.q(), filters);
        return Sql.in(dataSource, c -> LISTING.page(c, raised));
    }

    /** @throws NotFound {@code telemetry.alert-not-found} */
    @RolesAllowed("**")
    public AlertView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("telemetry.alert-not-found", "No such alert"));
    }

    /** Someone has seen it and looks after it. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public AlertView acknowledge(UUID id) {
        AlertView before = get(id);
        int changed = Sql.in(dataSource, c -> Sql.run(c, """
                        update telemetry.alert_episode set state = 'ACKNOWLEDGED', acknowledged_at = ?, acknowledged_by = ?,
                          updated_at = ?, version = version + 1 where id = ? and state = 'ACTIVE'""", clock.instant(), caller.personId(), clock.instant(), id));
        requireChanged(changed, before);
        audit.write("telemetry.alert-acknowledged", id.toString(), Map.of());
        moved.fire(new AlertsMoved(Set.of(before.unitId())));
        return get(id);
    }

    /**
     * Ends an episode. One that has not recovered needs a reason; a false alarm always does.
     *
     * @throws RuleViolation {@code telemetry.reason-needed}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public AlertView close(UUID id, @Nullable String reason, boolean falseAlarm) {
        AlertView before = get(id);
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty() && (falseAlarm || before.state() != EpisodeState.RECOVERED)) {
            throw new RuleViolation("telemetry.reason-needed", "Say why an alert ends that has not recovered")
                    .at("/reason", "required");
        }
        if (why.length() > 500) {
            throw new RuleViolation("telemetry.reason-too-long", "At most 500 characters")
                    .at("/reason", "at most 500 characters");
        }
        int changed = Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        """
                        update telemetry.alert_episode set state = ?, closed_at = ?, closed_by = ?, reason = ?, updated_at = ?,
                          version = version + 1 where id = ? and state not in ('CLOSED','FALSE_ALARM')""",
                        falseAlarm ? EpisodeState.FALSE_ALARM : EpisodeState.CLOSED,
                        clock.instant(),
                        caller.personId(),
                        why,
                        clock.instant(),
                        id));
        requireChanged(changed, before);
        audit.write("telemetry.alert-closed", id.toString(), Map.of("falseAlarm", falseAlarm, "reason", why));
        moved.fire(new AlertsMoved(Set.of(before.unitId())));
        return get(id);
    }

    /** For maintenance: a work order looks after the episode. Does nothing when it has recovered or ended meanwhile. */
    @RolesAllowed({Roles.SYSTEM, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public void repairing(UUID id, UUID workOrderId) {
        Sql.in(dataSource, c -> Sql.run(c, """
                        update telemetry.alert_episode set work_order_id = ?, updated_at = ?, version = version + 1,
                          state = case when state in ('ACTIVE','ACKNOWLEDGED') then 'REPAIRING' else state end
                        where id = ? and state not in ('CLOSED','FALSE_ALARM')""", workOrderId, clock.instant(), id));
    }

    /** For maintenance: the unit was repaired, verified and released, so its episode of that work order ends. */
    @RolesAllowed({Roles.SYSTEM, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public void repaired(UUID workOrderId, String reason) {
        Sql.in(dataSource, c -> Sql.run(c, """
                        update telemetry.alert_episode set state = 'CLOSED', closed_at = ?, reason = ?, updated_at = ?,
                          version = version + 1 where work_order_id = ? and state not in ('CLOSED','FALSE_ALARM')""", clock.instant(), reason, clock.instant(), workOrderId));
    }

    private static void requireChanged(int changed, AlertView before) {
        if (changed == 0) {
            throw new Conflict("telemetry.alert-state", "The alert is " + before.state() + " already");
        }
    }

    private static AlertView view(ResultSet rs) throws SQLException {
        return new AlertView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("device_id", UUID.class),
                rs.getString("asset_tag"),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getObject("rule_id", UUID.class),
                rs.getInt("rule_revision"),
                rs.getString("rule_zh"),
                rs.getString("rule_en"),
                rs.getString("metric"),
                rs.getString("metric_unit"),
                Severity.valueOf(rs.getString("severity")),
                EpisodeState.valueOf(rs.getString("state")),
                rs.getTimestamp("since").toInstant(),
                Sql.instant(rs, "activated_at"),
                Sql.instant(rs, "acknowledged_at"),
                rs.getObject("acknowledged_by", UUID.class),
                Sql.instant(rs, "recovered_at"),
                Sql.instant(rs, "closed_at"),
                rs.getString("reason"),
                rs.getObject("first_value", Double.class),
                rs.getObject("peak_value", Double.class),
                rs.getObject("last_value", Double.class),
                rs.getObject("work_order_id", UUID.class));
    }
}

package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** What devices have reported: for whoever may see the unit. */
@Stateless
@Secured
public class Health {

    private static final int MOST_POINTS = 2_000;
    private static final Duration LONGEST = Duration.ofDays(3_700);

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Units units;

    @Inject
    Clock clock;

    /** The state of a device now. */
    @RolesAllowed("**")
    public HealthView of(UUID unitId) {
        UnitView unit = units.get(unitId);
        Instant now = clock.instant();
        return Sql.in(dataSource, c -> {
            Map<Short, List<HealthView.Band>> bands = bands(c, unit);
            Set<UUID> alarming = new HashSet<>(Sql.all(
                    c,
                    "select rule_id from telemetry.alert_episode where device_id = ? and state in ('ACTIVE','ACKNOWLEDGED','REPAIRING')",
                    rs -> rs.getObject(1, UUID.class),
                    unitId));
            List<HealthView.Metric> metrics = Sql.all(
                    c,
                    "select l.*, m.name, m.name_zh, m.name_en, m.unit, m.decimals from telemetry.latest l join telemetry.metric m on m.id = l.metric_id where l.device_id = ? order by m.id",
                    rs -> metric(rs, bands, alarming),
                    unitId);
            return Sql.one(
                            c,
                            "select * from telemetry.device_state where device_id = ?",
                            rs -> view(rs, unitId, now, alarming.size(), metrics),
                            unitId)
                    .orElseGet(() ->
                            new HealthView(unitId, "NEVER_SEEN", null, null, null, null, alarming.size(), metrics));
        });
    }

    private static HealthView view(ResultSet rs, UUID unitId, Instant now, int alerts, List<HealthView.Metric> metrics)
            throws SQLException {
        Instant received = rs.getTimestamp("received_at").toInstant();
        String status = rs.getString("status");
        // The watch looks twice a second; whoever asks in between is told the truth all the same.
        boolean due = !rs.getTimestamp("deadline").toInstant().isAfter(now);
        return new HealthView(
                unitId,
                due && status.equals("ONLINE") ? "STALE" : status,
                rs.getTimestamp("last_at").toInstant(),
                received,
                Math.max(0, Duration.between(received, now).toSeconds()),
                rs.getDouble("interval_seconds"),
                alerts,
                metrics);
    }

    private static HealthView.Metric metric(ResultSet rs, Map<Short, List<HealthView.Band>> bands, Set<UUID> alarming)
            throws SQLException {
        List<HealthView.Band> own = bands.getOrDefault(rs.getShort("metric_id"), List.of());
        double value = rs.getDouble("value");
        return new HealthView.Metric(
                rs.getString("name"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("unit"),
                rs.getInt("decimals"),
                value,
                rs.getTimestamp("at").toInstant(),
                own.stream().anyMatch(band -> band.isBrokenBy(value) || alarming.contains(band.ruleId())),
                own);
    }

    private static Map<Short, List<HealthView.Band>> bands(Connection c, UnitView unit) throws SQLException {
        Map<Short, List<HealthView.Band>> bands = new HashMap<>();
        Sql.all(
                c,
                """
                select * from telemetry.rule where enabled and kind <> 'STALE' and (unit_id is null or unit_id = ?)
                  and (org_id is null or org_id in (?, ?))""",
                rs -> bands.computeIfAbsent(rs.getShort("metric_id"), m -> new ArrayList<>())
                        .add(new HealthView.Band(
                                rs.getObject("id", UUID.class),
                                RuleKind.valueOf(rs.getString("kind")),
                                rs.getDouble("threshold"),
                                rs.getDouble("clear_threshold"),
                                Severity.valueOf(rs.getString("severity")))),
                unit.id(),
                unit.ownerId(),
                unit.custodianId());
        return bands;
    }

    /**
     * Readings of one metric; without times the last hour.
     *
     * @throws RuleViolation {@code telemetry.unknown-metric} or {@code telemetry.bad-range}
     */
    @RolesAllowed("**")
    public ReadingSeries readings(
            UUID unitId, String metric, @Nullable Instant from, @Nullable Instant to, int points) {
        units.get(unitId);
        Instant end = to == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : to;
        Instant start = from == null ? end.minus(Duration.ofHours(1)) : from;
        if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw new RuleViolation("telemetry.bad-range", "'from' lies before 'to', at most ten years apart")
                    .at("/from", "before to");
        }
        if (points < 1 || points > MOST_POINTS) {
            throw new RuleViolation("telemetry.bad-points", "1 to " + MOST_POINTS + " points")
                    .at("/points", "1 to " + MOST_POINTS);
        }
        return Sql.in(dataSource, c -> series(c, unitId, metric, start, end, points));
    }

    private record Known(short id, String unit) {}

    private static ReadingSeries series(Connection c, UUID unitId, String metric, Instant from, Instant to, int points)
            throws SQLException {
        Known known = Sql.one(
                        c,
                        "select id, unit from telemetry.metric where name = ?",
                        rs -> new Known(rs.getShort(1), rs.getString(2)),
                        metric)
                .orElseThrow(() -> new RuleViolation("telemetry.unknown-metric", "No such metric")
                        .at("/metric", "a defined metric"));
        long step = Math.max(1, (Duration.between(from, to).toSeconds() + points - 1) / points);
        String source = step < 60 ? "READING" : step < 3600 ? "MINUTE" : "HOUR";
        String table =
                switch (source) {
                    case "READING" ->
                        "(select device_id, metric_id, at, 1 as n, value as low, value as high, value as total from telemetry.reading)";
                    case "MINUTE" -> "telemetry.rollup_minute";
                    default -> "telemetry.rollup_hour";
                };
        List<ReadingSeries.Point> series = Sql.all(
                c,
                """
                select floor(extract(epoch from at) / ?) * ? as bucket, min(low) as low, max(high) as high,
                  sum(total) / sum(n) as mean, sum(n) as n
                from %s r where device_id = ? and metric_id = ? and at >= ? and at < ? group by 1 order by 1""".formatted(table),
                rs -> new ReadingSeries.Point(
                        Instant.ofEpochSecond(rs.getLong("bucket")),
                        rs.getDouble("low"),
                        rs.getDouble("high"),
                        rs.getDouble("mean"),
                        rs.getLong("n")),
                step,
                step,
                unitId,
                known.id,
                from,
                to);
        return new ReadingSeries(metric, known.unit, from, to, step, source, series);
    }
}

package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
import org.yiqi.telemetry.domain.Episode;
import org.yiqi.telemetry.domain.ThresholdRule;
import org.yiqi.telemetry.intake.Catalogue;

/** The rules that turn readings into alerts. Each change is a new revision; an episode names the one it was judged by. */
@Stateless
@Secured
public class Rules {

    private static final Duration LONGEST_DRY_RUN = Duration.ofDays(31);
    private static final int LONGEST_WAIT = 86_400;

    private static final Listing<RuleView> LISTING = Listing.of(
                    "r.*, m.name as metric, m.unit as metric_unit",
                    "telemetry.rule r left join telemetry.metric m on m.id = r.metric_id",
                    "r.id",
                    Rules::view)
            .sort("createdAt", "r.created_at", "timestamptz")
            .sort("nameZh", "r.name_zh", "text")
            .sort("nameEn", "r.name_en", "text")
            .sort("severity", "case r.severity when 'CRITICAL' then 3 when 'MAJOR' then 2 else 1 end", "int")
            .filter("id", "r.id", "uuid")
            .filter("unit", "r.unit_id", "uuid")
            .filter("metric", "m.name", "text")
            .filter("severity", "r.severity", "text")
            .filter("enabled", "r.enabled", "boolean")
            .search("(r.name_zh || ' ' || r.name_en) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Filters: {@code id, unit, metric, severity, enabled}; sorts: {@code createdAt, nameZh, nameEn, severity}. */
    @RolesAllowed("**")
    public Page<RuleView> list(ListQuery query) {
        return Sql.in(dataSource, c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code telemetry.rule-not-found} */
    @RolesAllowed("**")
    public RuleView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("telemetry.rule-not-found", "No such rule"));
    }

    /** What devices may report. */
    @RolesAllowed("**")
    public List<MetricView> metrics() {
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select name, name_zh, name_en, unit from telemetry.metric order by id",
                        rs -> new MetricView(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4))));
    }

    /** A rule of the caller's organisation; the platform's operators make rules for everyone. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public RuleView create(SaveRule wanted) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        UUID org = caller.scope() == Scope.PLATFORM ? null : caller.orgId();
        Sql.in(dataSource, c -> {
            Short metric = check(c, wanted);
            Sql.run(
                    c,
                    """
                    insert into telemetry.rule (id, org_id, unit_id, name_zh, name_en, kind, metric_id, threshold, clear_threshold,
                      hold_seconds, clear_seconds, severity, enabled, created_at, updated_at)
                    values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                    id,
                    org,
                    wanted.unitId(),
                    wanted.nameZh(),
                    wanted.nameEn(),
                    wanted.kind(),
                    metric,
                    wanted.threshold(),
                    wanted.clearThreshold(),
                    wanted.holdSeconds(),
                    wanted.clearSeconds(),
                    wanted.severity(),
                    wanted.enabled(),
                    now,
                    now);
            return keepRevision(c, id, now);
        });
        audit.write("telemetry.rule-created", id.toString(), Map.of("revision", 1));
        return get(id);
    }

    /** @throws StaleVersion when someone changed it since {@code seenVersion} */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public RuleView change(UUID id, long seenVersion, SaveRule wanted) {
        RuleView before = get(id);
        if (caller.scope() != Scope.PLATFORM && !Objects.equals(before.orgId(), caller.orgId())) {
            throw new NotPermitted("telemetry.not-your-rule", "This rule is the platform's: make one of your own");
        }
        StaleVersion.check(seenVersion, before.version());
        Instant now = clock.instant();
        Sql.in(dataSource, c -> {
            Short metric = check(c, wanted);
            int changed = Sql.run(
                    c,
                    """
                    update telemetry.rule set version = version + 1, revision = revision + 1, unit_id = ?, name_zh = ?, name_en = ?,
                      kind = ?, metric_id = ?, threshold = ?, clear_threshold = ?, hold_seconds = ?, clear_seconds = ?,
                      severity = ?, enabled = ?, updated_at = ? where id = ? and version = ?""",
                    wanted.unitId(),
                    wanted.nameZh(),
                    wanted.nameEn(),
                    wanted.kind(),
                    metric,
                    wanted.threshold(),
                    wanted.clearThreshold(),
                    wanted.holdSeconds(),
                    wanted.clearSeconds(),
                    wanted.severity(),
                    wanted.enabled(),
                    now,
                    id,
                    seenVersion);
            StaleVersion.checkChanged(changed);
            return keepRevision(c, id, now);
        });
        audit.write("telemetry.rule-changed", id.toString(), Map.of("revision", before.revision() + 1));
        return get(id);
    }

    private int keepRevision(Connection c, UUID id, Instant now) throws SQLException {
        return Sql.run(c, """
                insert into telemetry.rule_revision (rule_id, revision, at, person_id, definition)
                select id, revision, ?, ?, to_jsonb(r) - 'version' from telemetry.rule r where id = ?""", now, caller.personId(), id);
    }

    private @Nullable Short check(Connection c, SaveRule rule) throws SQLException {
        if (rule.unitId() != null) {
            units.get(rule.unitId());
        }
        requireLength("nameZh", rule.nameZh());
        requireLength("nameEn", rule.nameEn());
        requireWait("holdSeconds", rule.holdSeconds());
        requireWait("clearSeconds", rule.clearSeconds());
        if (rule.kind() == RuleKind.STALE) {
            if (rule.metric() != null || rule.threshold() != null || rule.clearThreshold() != null) {
                throw new RuleViolation(
                                "telemetry.rule-incomplete", "A rule about silence has no metric and no thresholds")
                        .at("/metric", "absent");
            }
            return null;
        }
        Double threshold = rule.threshold();
        Double clear = rule.clearThreshold();
        if (rule.metric() == null || threshold == null || clear == null) {
            throw new RuleViolation("telemetry.rule-incomplete", "Metric and both thresholds are needed")
                    .at("/threshold", "required");
        }
        boolean safeSide = rule.kind() == RuleKind.ABOVE ? clear <= threshold : clear >= threshold;
        if (!safeSide || !Double.isFinite(threshold) || !Double.isFinite(clear)) {
            throw new RuleViolation(
                            "telemetry.rule-hysteresis", "The clear threshold lies on the safe side of the threshold")
                    .at("/clearThreshold", rule.kind() == RuleKind.ABOVE ? "at most threshold" : "at least threshold");
        }
        return Sql.one(c, "select id from telemetry.metric where name = ?", rs -> rs.getShort(1), rule.metric())
                .orElseThrow(() -> new RuleViolation("telemetry.unknown-metric", "No such metric")
                        .at("/metric", "a defined metric"));
    }

    private static void requireLength(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > 120) {
            throw new RuleViolation("telemetry.rule-name", "A name of 1 to 120 characters")
                    .at("/" + field, "1 to 120 characters");
        }
    }

    private static void requireWait(String field, int seconds) {
        if (seconds < 0 || seconds > LONGEST_WAIT) {
            throw new RuleViolation("telemetry.rule-duration", "0 to " + LONGEST_WAIT + " seconds")
                    .at("/" + field, "0 to " + LONGEST_WAIT);
        }
    }

    /** Runs the rule over what a unit reported in at most 31 days; nothing is written. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public DryRun dryRun(UUID id, UUID unitId, Instant from, Instant to) {
        get(id);
        units.get(unitId);
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_DRY_RUN) > 0) {
            throw new RuleViolation("telemetry.bad-range", "'from' lies before 'to', at most 31 days apart")
                    .at("/from", "before to");
        }
        return Sql.in(dataSource, c -> {
            ThresholdRule rule = Sql.one(c, "select * from telemetry.rule where id = ?", Catalogue::rule, id)
                    .orElseThrow(() -> new NotFound("telemetry.rule-not-found", "No such rule"));
            return run(c, rule, unitId, from, to);
        });
    }

    private static DryRun run(Connection c, ThresholdRule rule, UUID unitId, Instant from, Instant to)
            throws SQLException {
        List<DryRun.Episode> raised = new ArrayList<>();
        long readings = 0;
        Episode episode = null;
        try (PreparedStatement s = c.prepareStatement(
                "select at, value from telemetry.reading where device_id = ? and metric_id = ? and at >= ? and at < ? order by at")) {
            s.setFetchSize(5_000);
            s.setObject(1, unitId);
            s.setShort(2, rule.metricId());
            s.setTimestamp(3, Timestamp.from(from));
            s.setTimestamp(4, Timestamp.from(to));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    readings++;
                    Instant at = rs.getTimestamp(1).toInstant();
                    double value = rs.getDouble(2);
                    if (episode == null) {
                        episode = rule.isBrokenBy(value) ? Episode.begin(rule.id(), unitId, rule, at, value) : null;
                        continue;
                    }
                    episode.observe(rule, at, value);
                    if (episode.isDropped()) {
                        episode = null;
                    } else if (episode.state() == EpisodeState.RECOVERED) {
                        add(raised, episode);
                        episode = null;
                    }
                }
            }
        }
        if (episode != null) {
            add(raised, episode);
        }
        return new DryRun(readings, raised);
    }

    private static void add(List<DryRun.Episode> raised, Episode episode) {
        Instant activated = episode.activatedAt();
        if (activated != null) {
            raised.add(new DryRun.Episode(episode.since(), activated, episode.recoveredAt(), episode.peakValue()));
        }
    }

    private static RuleView view(ResultSet rs) throws SQLException {
        return new RuleView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getInt("revision"),
                rs.getObject("org_id", UUID.class),
                rs.getObject("unit_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                RuleKind.valueOf(rs.getString("kind")),
                rs.getString("metric"),
                rs.getString("metric_unit"),
                rs.getObject("threshold", Double.class),
                rs.getObject("clear_threshold", Double.class),
                rs.getInt("hold_seconds"),
                rs.getInt("clear_seconds"),
                Severity.valueOf(rs.getString("severity")),
                rs.getBoolean("enabled"),
                rs.getTimestamp("updated_at").toInstant());
    }
}

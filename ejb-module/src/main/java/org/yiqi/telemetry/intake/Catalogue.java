package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.Severity;
import org.yiqi.telemetry.domain.ThresholdRule;

/**
 * What every batch needs and what seldom changes: metrics, rules, retention, partitions, whose a unit is. Read again after
 * a second, so a changed rule holds at once for a person and costs nothing per reading.
 */
public final class Catalogue {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration UNITS_FRESH = Duration.ofSeconds(30);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private record Facts(
            Instant readAt,
            Map<String, Short> metrics,
            List<ThresholdRule> rules,
            Map<Short, List<ThresholdRule>> byMetric,
            Set<LocalDate> days,
            int readingDays) {}

    private record Parties(UUID owner, UUID custodian) {}

    private volatile Facts facts = new Facts(Instant.MIN, Map.of(), List.of(), Map.of(), Set.of(), 90);
    private volatile Instant unitsReadAt = Instant.MIN;
    private final Set<UUID> knownDevices = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Parties> parties = new ConcurrentHashMap<>();

    public void refresh(Connection c, Instant now) throws SQLException {
        if (unitsReadAt.plus(UNITS_FRESH).isBefore(now)) {
            knownDevices.clear();
            parties.clear();
            unitsReadAt = now;
        }
        if (!facts.readAt.plus(FRESH).isBefore(now)) {
            return;
        }
        Map<String, Short> metrics = new HashMap<>();
        Set<LocalDate> days = new HashSet<>();
        int readingDays;
        try (Statement s = c.createStatement()) {
            try (ResultSet rs = s.executeQuery("select name, id from telemetry.metric")) {
                while (rs.next()) {
                    metrics.put(rs.getString(1), rs.getShort(2));
                }
            }
            try (ResultSet rs = s.executeQuery("""
                    select right(i.relname, 8) from pg_inherits h join pg_class i on i.oid = h.inhrelid
                    where h.inhparent = 'telemetry.reading'::regclass""")) {
                while (rs.next()) {
                    days.add(LocalDate.parse(rs.getString(1), DAY));
                }
            }
            try (ResultSet rs = s.executeQuery("select days from telemetry.retention where kind = 'READING'")) {
                rs.next();
                readingDays = rs.getInt(1);
            }
        }
        List<ThresholdRule> rules = rules(c);
        Map<Short, List<ThresholdRule>> byMetric = new HashMap<>();
        for (ThresholdRule rule : rules) {
            if (rule.kind() != RuleKind.STALE) {
                byMetric.computeIfAbsent(rule.metricId(), m -> new ArrayList<>())
                        .add(rule);
            }
        }
        facts = new Facts(now, metrics, rules, byMetric, days, readingDays);
    }

    private static List<ThresholdRule> rules(Connection c) throws SQLException {
        List<ThresholdRule> rules = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select * from telemetry.rule where enabled order by created_at, id")) {
            while (rs.next()) {
                rules.add(rule(rs));
            }
        }
        return rules;
    }

    /** Reads a row of {@code telemetry.rule}. */
    public static ThresholdRule rule(ResultSet rs) throws SQLException {
        return new ThresholdRule(
                rs.getObject("id", UUID.class),
                rs.getInt("revision"),
                rs.getObject("org_id", UUID.class),
                rs.getObject("unit_id", UUID.class),
                RuleKind.valueOf(rs.getString("kind")),
                rs.getShort("metric_id"),
                rs.getDouble("threshold"),
                rs.getDouble("clear_threshold"),
                Duration.ofSeconds(rs.getInt("hold_seconds")),
                Duration.ofSeconds(rs.getInt("clear_seconds")),
                Severity.valueOf(rs.getString("severity")));
    }

    Map<String, Short> metrics() {
        return facts.metrics;
    }

    Set<LocalDate> days() {
        return facts.days;
    }

    int readingDays() {
        return facts.readingDays;
    }

    List<ThresholdRule> rulesOf(short metricId) {
        return facts.byMetric.getOrDefault(metricId, List.of());
    }

    List<ThresholdRule> staleRules() {
        return facts.rules.stream().filter(r -> r.kind() == RuleKind.STALE).toList();
    }

    @Nullable
    ThresholdRule rule(UUID id) {
        return facts.rules.stream().filter(r -> r.id().equals(id)).findFirst().orElse(null);
    }

    boolean knowsDevice(Connection c, UUID device) throws SQLException {
        if (knownDevices.contains(device)) {
            return true;
        }
        try (PreparedStatement s =
                c.prepareStatement("select 1 from telemetry.device_credential where device_id = ?")) {
            s.setObject(1, device);
            try (ResultSet rs = s.executeQuery()) {
                if (rs.next()) {
                    knownDevices.add(device);
                    return true;
                }
                return false;
            }
        }
    }

    /** A rule of an organisation holds for what it owns or holds; a rule of a unit for that unit. */
    boolean applies(Connection c, ThresholdRule rule, UUID device) throws SQLException {
        if (rule.unitId() != null && !rule.unitId().equals(device)) {
            return false;
        }
        UUID org = rule.orgId();
        if (org == null) {
            return true;
        }
        Parties of = parties.get(device);
        if (of == null) {
            try (PreparedStatement s =
                    c.prepareStatement("select owner_id, custodian_id from equipment.unit where id = ?")) {
                s.setObject(1, device);
                try (ResultSet rs = s.executeQuery()) {
                    if (!rs.next()) {
                        return false;
                    }
                    of = new Parties(rs.getObject(1, UUID.class), rs.getObject(2, UUID.class));
                }
            }
            parties.put(device, of);
        }
        return org.equals(of.owner) || org.equals(of.custodian);
    }
}

package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.shared.Ids;
import org.yiqi.telemetry.EpisodeState;
import org.yiqi.telemetry.domain.Episode;
import org.yiqi.telemetry.domain.Reading;
import org.yiqi.telemetry.domain.ThresholdRule;

/** Holds the rules against the readings of one batch. Only a value newer than the newest known one is judged. */
final class Judgement {

    private record Channel(UUID deviceId, short metricId) {}

    private record Ward(UUID deviceId, UUID ruleId) {}

    private final Catalogue catalogue;
    private final Instant now;
    private final Map<Ward, Episode> open = new HashMap<>();
    private final Map<Ward, ThresholdRule> begun = new HashMap<>();
    private final Set<UUID> alerted = new HashSet<>();

    Judgement(Catalogue catalogue, Instant now) {
        this.catalogue = catalogue;
        this.now = now;
    }

    /** The devices of which an alert appeared, moved on or went away, beyond a new last value. */
    Set<UUID> alerted() {
        return Set.copyOf(alerted);
    }

    /** Answers the newest reading of each channel that this batch moved on. */
    List<Reading> judge(Connection c, Collection<Reading> readings) throws SQLException {
        Set<UUID> devices = readings.stream().map(Reading::deviceId).collect(Collectors.toCollection(TreeSet::new));
        Map<Channel, Instant> latest = latest(c, devices);
        List<Reading> newer = readings.stream()
                .filter(r -> {
                    Instant known = latest.get(new Channel(r.deviceId(), r.metricId()));
                    return known == null || r.at().isAfter(known);
                })
                .sorted(Comparator.comparing(Reading::at))
                .toList();
        if (newer.isEmpty()) {
            return List.of();
        }
        EpisodeRows.openOf(c, devices).forEach(e -> open.put(new Ward(e.deviceId(), e.ruleId()), e));
        Map<Ward, EpisodeState> before = open.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().state()));
        Map<Channel, Reading> newest = new HashMap<>();
        for (Reading reading : newer) {
            newest.put(new Channel(reading.deviceId(), reading.metricId()), reading);
            for (ThresholdRule rule : catalogue.rulesOf(reading.metricId())) {
                judge(c, rule, reading);
            }
        }
        save(c, before);
        saveLatest(c, newest.values());
        return List.copyOf(newest.values());
    }

    private void judge(Connection c, ThresholdRule rule, Reading reading) throws SQLException {
        Ward ward = new Ward(reading.deviceId(), rule.id());
        Episode episode = open.get(ward);
        if (episode != null && !episode.isDropped()) {
            episode.observe(rule, reading.at(), reading.value());
        } else if (rule.isBrokenBy(reading.value()) && catalogue.applies(c, rule, reading.deviceId())) {
            if (episode != null) {
                // Dropped and back within one batch: the old row goes first.
                EpisodeRows.update(c, episode, now);
            }
            open.put(ward, Episode.begin(Ids.next(), reading.deviceId(), rule, reading.at(), reading.value()));
            begun.put(ward, rule);
        }
    }

    private void save(Connection c, Map<Ward, EpisodeState> before) throws SQLException {
        for (Map.Entry<Ward, Episode> entry : open.entrySet()) {
            Episode episode = entry.getValue();
            ThresholdRule rule = begun.get(entry.getKey());
            if (!episode.isChanged()) {
                continue;
            }
            if (rule == null) {
                EpisodeRows.update(c, episode, now);
            } else if (!episode.isDropped()) {
                EpisodeRows.insert(c, episode, rule, true, now);
            }
            if (episode.isDropped() || before.get(entry.getKey()) != episode.state()) {
                alerted.add(episode.deviceId());
            }
        }
    }

    private static Map<Channel, Instant> latest(Connection c, Set<UUID> devices) throws SQLException {
        Map<Channel, Instant> latest = new HashMap<>();
        try (PreparedStatement s =
                c.prepareStatement("select device_id, metric_id, at from telemetry.latest where device_id = any(?)")) {
            s.setArray(1, c.createArrayOf("uuid", devices.toArray()));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    latest.put(
                            new Channel(rs.getObject(1, UUID.class), rs.getShort(2)),
                            rs.getTimestamp(3).toInstant());
                }
            }
        }
        return latest;
    }

    private static void saveLatest(Connection c, Collection<Reading> newest) throws SQLException {
        List<Reading> rows = new ArrayList<>(newest);
        UUID[] devices = rows.stream().map(Reading::deviceId).toArray(UUID[]::new);
        Short[] metrics = rows.stream().map(Reading::metricId).toArray(Short[]::new);
        Timestamp[] times = rows.stream().map(r -> Timestamp.from(r.at())).toArray(Timestamp[]::new);
        Double[] values = rows.stream().map(Reading::value).toArray(Double[]::new);
        try (PreparedStatement s = c.prepareStatement("""
                insert into telemetry.latest as l (device_id, metric_id, at, value)
                select * from unnest(?::uuid[], ?::smallint[], ?::timestamptz[], ?::float8[]) as v(d, m, a, x) order by d, m
                on conflict (device_id, metric_id) do update set at = excluded.at, value = excluded.value
                where excluded.at > l.at""")) {
            s.setArray(1, c.createArrayOf("uuid", devices));
            s.setArray(2, c.createArrayOf("int2", metrics));
            s.setArray(3, c.createArrayOf("timestamptz", times));
            s.setArray(4, c.createArrayOf("float8", values));
            s.executeUpdate();
        }
    }

    /** A word from a device ends the alerts about its silence. */
    void devicesReturned(Connection c, Set<UUID> devices) throws SQLException {
        if (devices.isEmpty()) {
            return;
        }
        try (PreparedStatement s = c.prepareStatement("""
                with silent as (select e.id, e.state from telemetry.alert_episode e join telemetry.rule r on r.id = e.rule_id
                  where e.device_id = any(?) and r.kind = 'STALE' and e.state not in ('CLOSED','FALSE_ALARM','RECOVERED')
                  order by e.id for update of e),
                dropped as (delete from telemetry.alert_episode e using silent s where s.id = e.id and s.state = 'PENDING'
                  returning e.device_id),
                recovered as (update telemetry.alert_episode e set state = 'RECOVERED', recovered_at = ?, updated_at = ?,
                  version = e.version + 1 from silent s where s.id = e.id and s.state <> 'PENDING' returning e.device_id)
                select device_id from dropped union select device_id from recovered""")) {
            s.setArray(1, c.createArrayOf("uuid", devices.toArray()));
            s.setTimestamp(2, Timestamp.from(now));
            s.setTimestamp(3, Timestamp.from(now));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    alerted.add(rs.getObject(1, UUID.class));
                }
            }
        }
    }

    /** What the clock moves on, whether or not devices speak. */
    static Set<UUID> settle(Connection c, Catalogue catalogue, Instant now) throws SQLException {
        Set<UUID> changed = new HashSet<>();
        for (Episode episode : EpisodeRows.waitingForTime(c, now)) {
            ThresholdRule rule = catalogue.rule(episode.ruleId());
            if (rule != null) {
                episode.settle(rule, now);
                EpisodeRows.update(c, episode, now);
                changed.add(episode.deviceId());
            }
        }
        return changed;
    }
}

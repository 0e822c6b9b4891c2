package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.EpisodeState;
import org.yiqi.telemetry.domain.Episode;
import org.yiqi.telemetry.domain.ThresholdRule;

/** Episodes in the table, locked while they are judged, so that a person's click and a reading take turns. */
final class EpisodeRows {

    private EpisodeRows() {}

    static List<Episode> openOf(Connection c, Collection<UUID> devices) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select * from telemetry.alert_episode where device_id = any(?) and state not in ('CLOSED','FALSE_ALARM')
                order by id for update""")) {
            s.setArray(1, c.createArrayOf("uuid", devices.toArray()));
            return read(s);
        }
    }

    /** Those that the clock alone may move on. */
    static List<Episode> waitingForTime(Connection c, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select e.* from telemetry.alert_episode e join telemetry.rule r on r.id = e.rule_id
                where (e.state = 'PENDING' and e.since + make_interval(secs => r.hold_seconds) <= ?)
                   or (e.state in ('ACTIVE','ACKNOWLEDGED','REPAIRING') and e.clear_since is not null
                       and e.clear_since + make_interval(secs => r.clear_seconds) <= ?)
                order by e.id limit 500 for update of e skip locked""")) {
            s.setTimestamp(1, Timestamp.from(now));
            s.setTimestamp(2, Timestamp.from(now));
            return read(s);
        }
    }

    private static List<Episode> read(PreparedStatement s) throws SQLException {
        List<Episode> episodes = new ArrayList<>();
        try (ResultSet rs = s.executeQuery()) {
            while (rs.next()) {
                episodes.add(new Episode(
                        rs.getObject("id", UUID.class),
                        rs.getObject("device_id", UUID.class),
                        rs.getObject("rule_id", UUID.class),
                        EpisodeState.valueOf(rs.getString("state")),
                        rs.getTimestamp("since").toInstant(),
                        instant(rs, "activated_at"),
                        instant(rs, "clear_since"),
                        instant(rs, "recovered_at"),
                        rs.getDouble("first_value"),
                        rs.getDouble("peak_value"),
                        rs.getDouble("last_value")));
            }
        }
        return episodes;
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp at = rs.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** Two batches may see the first breach at the same moment: the index lets one row in, the other is the same alert. */
    static void insert(Connection c, Episode e, ThresholdRule rule, boolean withValues, Instant now)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into telemetry.alert_episode (id, device_id, rule_id, rule_revision, severity, state, since, activated_at,
                  first_value, peak_value, last_value, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")) {
            s.setObject(1, e.id());
            s.setObject(2, e.deviceId());
            s.setObject(3, e.ruleId());
            s.setInt(4, rule.revision());
            s.setString(5, rule.severity().name());
            s.setString(6, e.state().name());
            s.setTimestamp(7, Timestamp.from(e.since()));
            s.setTimestamp(8, timestamp(e.activatedAt()));
            s.setObject(9, withValues ? e.firstValue() : null);
            s.setObject(10, withValues ? e.peakValue() : null);
            s.setObject(11, withValues ? e.lastValue() : null);
            s.setTimestamp(12, Timestamp.from(now));
            s.executeUpdate();
        }
    }

    static void update(Connection c, Episode e, Instant now) throws SQLException {
        if (e.isDropped()) {
            try (PreparedStatement s = c.prepareStatement("delete from telemetry.alert_episode where id = ?")) {
                s.setObject(1, e.id());
                s.executeUpdate();
            }
            return;
        }
        try (PreparedStatement s = c.prepareStatement("""
                update telemetry.alert_episode set version = version + 1, state = ?, activated_at = ?, clear_since = ?,
                  recovered_at = ?, peak_value = case when first_value is null then null else ? end,
                  last_value = case when first_value is null then null else ? end, updated_at = ? where id = ?""")) {
            s.setString(1, e.state().name());
            s.setTimestamp(2, timestamp(e.activatedAt()));
            s.setTimestamp(3, timestamp(e.clearSince()));
            s.setTimestamp(4, timestamp(e.recoveredAt()));
            s.setDouble(5, e.peakValue());
            s.setDouble(6, e.lastValue());
            s.setTimestamp(7, Timestamp.from(now));
            s.setObject(8, e.id());
            s.executeUpdate();
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}

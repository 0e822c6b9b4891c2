package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.telemetry.EpisodeState;
import org.yiqi.telemetry.domain.Episode;
import org.yiqi.telemetry.domain.ThresholdRule;

/** What must happen because time passed: a device falls silent, a condition has lasted, a recovered alert is closed. */
public final class Deadlines {

    private static final Duration OFFLINE_AFTER = Duration.ofMinutes(10);
    private static final Duration CLOSE_AFTER = Duration.ofHours(24);

    private Deadlines() {}

    private record Silent(UUID device, Instant since) {}

    /** Runs in the caller's transaction; answers the devices of which an alert changed. */
    public static Set<UUID> pass(Connection c, Catalogue catalogue, Instant now) throws SQLException {
        catalogue.refresh(c, now);
        Set<UUID> changed = new HashSet<>();
        for (Silent silent : fallenSilent(c, now)) {
            for (ThresholdRule rule : catalogue.staleRules()) {
                if (catalogue.applies(c, rule, silent.device)) {
                    Episode episode = new Episode(
                            Ids.next(),
                            silent.device,
                            rule.id(),
                            EpisodeState.PENDING,
                            silent.since,
                            null,
                            null,
                            null,
                            0,
                            0,
                            0);
                    EpisodeRows.insert(c, episode, rule, false, now);
                    changed.add(silent.device);
                }
            }
        }
        execute(
                c,
                "update telemetry.device_state set status = 'OFFLINE' where status = 'STALE' and deadline <= ?",
                now.minus(OFFLINE_AFTER));
        changed.addAll(Judgement.settle(c, catalogue, now));
        execute(c, """
                update telemetry.alert_episode set state = 'CLOSED', closed_at = updated_at, version = version + 1,
                  reason = 'recovered' where state = 'RECOVERED' and recovered_at <= ?""", now.minus(CLOSE_AFTER));
        return changed;
    }

    private static List<Silent> fallenSilent(Connection c, Instant now) throws SQLException {
        List<Silent> silent = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement("""
                update telemetry.device_state set status = 'STALE' where status = 'ONLINE' and deadline <= ?
                returning device_id, deadline""")) {
            s.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    silent.add(new Silent(
                            rs.getObject(1, UUID.class), rs.getTimestamp(2).toInstant()));
                }
            }
        }
        return silent;
    }

    private static void execute(Connection c, String sql, Instant at) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setTimestamp(1, Timestamp.from(at));
            s.executeUpdate();
        }
    }
}

package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Makes the partitions of the next days and forgets what is older than the retention settings say. */
final class Upkeep {

    private static final int DAYS_AHEAD = 3;

    boolean run(Connection c, Instant now) throws SQLException {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        try (PreparedStatement s = c.prepareStatement("select telemetry.ensure_day(?)")) {
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                s.setObject(1, today.plusDays(day));
                s.execute();
            }
        }
        try (PreparedStatement s = c.prepareStatement(
                "select telemetry.drop_days_before(?::date - days) from telemetry.retention where kind = 'READING'")) {
            s.setObject(1, today);
            s.execute();
        }
        forget(c, "rollup_minute", "MINUTE", now);
        forget(c, "rollup_hour", "HOUR", now);
        return true;
    }

    private static void forget(Connection c, String table, String kind, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "delete from telemetry." + table
                        + " where at < ?::timestamptz - (select make_interval(days => days) from telemetry.retention where kind = ?)")) {
            s.setTimestamp(1, Timestamp.from(now.truncatedTo(ChronoUnit.DAYS)));
            s.setString(2, kind);
            s.executeUpdate();
        }
    }
}

package org.yiqi.organisation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How often an account and a network address have failed. */
final class LoginAttempts {

    private LoginAttempts() {}

    /** The failures that came from an address within this minute. */
    static int ofSource(Connection c, String source, Instant now) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select attempts from organisation.login_source where source = ? and minute = ?")) {
            s.setString(1, source);
            s.setTimestamp(2, Timestamp.from(now.truncatedTo(ChronoUnit.MINUTES)));
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? rs.getInt(1) : 0;
            }
        }
    }

    static boolean isLocked(Connection c, UUID person, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select 1 from organisation.person where id = ? and (not active or locked_until > ?) for update")) {
            s.setObject(1, person);
            s.setTimestamp(2, Timestamp.from(now));
            try (ResultSet rs = s.executeQuery()) {
                return rs.next();
            }
        }
    }

    static void succeeded(Connection c, UUID person) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update organisation.person set failures = 0, locked_until = null where id = ? and failures > 0")) {
            s.setObject(1, person);
            s.executeUpdate();
        }
    }

    /**
     * @param person null where there is no such account, or one that is locked already
     * @return whether the account is locked from now on
     */
    static boolean failed(Connection c, @Nullable UUID person, String source, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into organisation.login_source(source, minute, attempts) values (?, ?, 1)
                on conflict (source, minute) do update set attempts = login_source.attempts + 1""")) {
            s.setString(1, source);
            s.setTimestamp(2, Timestamp.from(now.truncatedTo(ChronoUnit.MINUTES)));
            s.executeUpdate();
        }
        if (person == null) {
            return false;
        }
        try (PreparedStatement s = c.prepareStatement("""
                update organisation.person set failures = case when failures + 1 >= ? then 0 else failures + 1 end,
                       locked_until = case when failures + 1 >= ? then ? else locked_until end where id = ?
                returning failures = 0""")) {
            s.setInt(1, Logins.FAILURES_BEFORE_LOCK);
            s.setInt(2, Logins.FAILURES_BEFORE_LOCK);
            s.setTimestamp(3, Timestamp.from(now.plus(Logins.LOCK)));
            s.setObject(4, person);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() && rs.getBoolean(1);
            }
        }
    }
}

package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The acts that wait for the ledger, as the relay that leads sees them. */
final class Outbox {

    private static final String WAITING = """
            state = 'PENDING'
              and not exists (select 1 from ledger.stopped_subject stop where stop.subject = act.subject)""";

    private Outbox() {}

    /** A complete act that the ledger has not answered. */
    record Pending(UUID id, String subject, String document) {}

    /** The first acts in their order, without those of stopped subjects. */
    static List<Pending> pending(Connection c, int most) throws SQLException {
        return select(c, "", most);
    }

    /** The first acts in their order that are in no transaction yet. */
    static List<Pending> unsent(Connection c, int most) throws SQLException {
        return select(c, """
                  and not exists (select 1 from ledger.submission s where s.settled_at is null and act.id = any(s.acts))""", most);
    }

    /** Whether acts of a local ledger that has grown up are still to be recorded, those on their way included. */
    static boolean hasPast(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(
                        "select exists (select 1 from ledger.act where outbox_order < 0 and " + WAITING + ")")) {
            rs.next();
            return rs.getBoolean(1);
        }
    }

    /** The first of those acts, in the order of the local journal. */
    static List<Pending> past(Connection c, int most) throws SQLException {
        return select(c, "and outbox_order < 0", most);
    }

    private static List<Pending> select(Connection c, String further, int most) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select id, subject, document from ledger.act where %s
                        %s order by outbox_order limit %d for update""".formatted(WAITING, further, most))) {
            List<Pending> acts = new ArrayList<>();
            while (rs.next()) {
                acts.add(new Pending(rs.getObject(1, UUID.class), rs.getString(2), rs.getString(3)));
            }
            return acts;
        }
    }

    /** Stops the act and its subject: a person has to look. */
    static void reject(Connection c, Pending act, String refusal, Instant now) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("update ledger.act set state = 'REJECTED', refusal = ? where id = ?")) {
            s.setString(1, refusal);
            s.setObject(2, act.id());
            s.executeUpdate();
        }
        try (PreparedStatement s = c.prepareStatement("""
                insert into ledger.stopped_subject(subject, act_id, refusal, since) values (?, ?, ?, ?)
                on conflict (subject) do nothing""")) {
            s.setString(1, act.subject());
            s.setObject(2, act.id());
            s.setString(3, refusal);
            s.setTimestamp(4, Timestamp.from(now));
            s.executeUpdate();
        }
    }

    /** Acts whose signatures never came together. */
    static int expire(Connection c, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set state = 'EXPIRED' where state = 'WAITING_SIGNATURE' and expires_at <= ?")) {
            s.setTimestamp(1, Timestamp.from(now));
            return s.executeUpdate();
        }
    }
}

package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Secured;

/** Why acts wait, for those who can do something about it. */
@Stateless
@Secured
@RolesAllowed({Roles.REGULATOR, Roles.PLATFORM_OPERATOR, Roles.AUDITOR})
public class RelayStatuses {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    public RelayStatus now() {
        return LedgerWide.on(dataSource, RelayStatuses::read);
    }

    static RelayStatus read(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs =
                        s.executeQuery("select problem, problem_since, attempts, retry_at from ledger.relay_leader")) {
            rs.next();
            return new RelayStatus(
                    rs.getString("problem"),
                    instant(rs.getTimestamp("problem_since")),
                    rs.getInt("attempts"),
                    instant(rs.getTimestamp("retry_at")),
                    transactions(c),
                    oldest(c));
        }
    }

    private static List<RelayStatus.Transaction> transactions(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select transaction_id, cardinality(acts) acts, endorsers, prepared_at, sends, code, block, settled_at
                        from ledger.submission order by settled_at is not null, prepared_at desc limit 20""")) {
            List<RelayStatus.Transaction> all = new ArrayList<>();
            while (rs.next()) {
                all.add(new RelayStatus.Transaction(
                        rs.getString("transaction_id"),
                        rs.getInt("acts"),
                        List.of((String[]) rs.getArray("endorsers").getArray()),
                        rs.getTimestamp("prepared_at").toInstant(),
                        rs.getInt("sends"),
                        rs.getString("code"),
                        rs.getObject("block", Long.class),
                        instant(rs.getTimestamp("settled_at"))));
            }
            return all;
        }
    }

    private static List<RelayStatus.Waiting> oldest(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select id, type, subject,
                          greatest(created_at, (select moved_at from ledger.local_past)) waits_since, exists (
                          select 1 from ledger.stopped_subject stop where stop.subject = act.subject) stopped
                        from ledger.act where state = 'PENDING' order by outbox_order limit 10""")) {
            List<RelayStatus.Waiting> all = new ArrayList<>();
            while (rs.next()) {
                all.add(new RelayStatus.Waiting(
                        rs.getObject("id", UUID.class),
                        rs.getString("type"),
                        rs.getString("subject"),
                        rs.getTimestamp("waits_since").toInstant(),
                        rs.getBoolean("stopped")));
            }
            return all;
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}

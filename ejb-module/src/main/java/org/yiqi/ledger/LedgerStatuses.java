package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.shared.tenancy.Secured;

/** The ledger's state of health: figures only, the same for everybody. */
@Stateless
@Secured
public class LedgerStatuses {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Clock clock;

    @PermitAll
    public LedgerStatus now() {
        try (Connection c = dataSource.getConnection()) {
            return LedgerWide.on(c, () -> read(c, clock.instant()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LedgerStatus read(Connection c, Instant now) throws SQLException {
        String founding = LedgerQueries.founding(new JdbcLedgerState(c))
                .map(Founding::digest)
                .orElse("");
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select coalesce((select max(position) from ledger.journal), -1) position,
                          coalesce((select hash from ledger.journal order by position desc limit 1), '') head,
                          (select signed_at from ledger.signed_head order by position desc limit 1) signed_at,
                          (select count(*) from ledger.act where state = 'RECORDED') recorded,
                          (select count(*) from ledger.act where state = 'PENDING') pending,
                          (select count(*) from ledger.act where state = 'WAITING_SIGNATURE') waiting,
                          (select count(*) from ledger.act where state = 'REJECTED') rejected,
                          (select min(created_at) from ledger.act where state = 'PENDING') oldest,
                          (select count(*) from ledger.stopped_subject) stopped""")) {
            rs.next();
            Instant oldest = instant(rs.getTimestamp("oldest"));
            return new LedgerStatus(
                    "LOCAL",
                    Bundle.NOTICE,
                    founding,
                    rs.getLong("position"),
                    rs.getString("head"),
                    instant(rs.getTimestamp("signed_at")),
                    rs.getLong("recorded"),
                    rs.getLong("pending"),
                    rs.getLong("waiting"),
                    rs.getLong("rejected"),
                    oldest == null
                            ? 0
                            : Math.max(0, Duration.between(oldest, now).toSeconds()),
                    rs.getLong("stopped"));
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}

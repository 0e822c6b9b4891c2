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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.tenancy.Secured;

/** The ledger's state of health: figures only, the same for everybody. */
@Stateless
@Secured
public class LedgerStatuses {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Clock clock;

    @Inject
    LedgerSetting setting;

    @PermitAll
    public LedgerStatus now() {
        return LedgerWide.on(dataSource, c -> read(c, setting.network(), clock.instant()));
    }

    /** @param network if the ledger is a channel */
    static LedgerStatus read(Connection c, Optional<FabricNetwork> network, Instant now) throws SQLException {
        LedgerKind kind = network.isPresent() ? LedgerKind.FABRIC : LedgerKind.LOCAL;
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
                          (select min(greatest(created_at, (select moved_at from ledger.local_past))) from ledger.act
                            where state = 'PENDING') oldest,
                          (select count(*) from ledger.stopped_subject) stopped,
                          (select attempts from ledger.relay_leader) attempts""")) {
            rs.next();
            Instant oldest = instant(rs.getTimestamp("oldest"));
            return new LedgerStatus(
                    kind.name(),
                    kind.notice(),
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
                    rs.getLong("stopped"),
                    rs.getInt("attempts"),
                    network.isPresent() ? channel(c, network.get()) : null,
                    continued(c));
        }
    }

    private static LedgerStatus.@Nullable Continued continued(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select hash, acts, moved_at, acts - (select count(*) from ledger.act
                          where state in ('PENDING', 'REJECTED') and outbox_order < 0) replayed
                        from ledger.local_past""")) {
            return rs.next()
                    ? new LedgerStatus.Continued(
                            rs.getString("hash"),
                            rs.getLong("acts"),
                            rs.getTimestamp("moved_at").toInstant(),
                            rs.getLong("replayed"))
                    : null;
        }
    }

    private static LedgerStatus.Channel channel(Connection c, FabricNetwork network) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select coalesce((select next_block from ledger.checkpoint), 0) height,
                          (select read_at from ledger.checkpoint) read_at,
                          (select count(*) from ledger.submission where settled_at is null) on_the_way""")) {
            rs.next();
            List<String> endorsers = new ArrayList<>(List.of(network.regulator()));
            endorsers.addAll(network.partners());
            return new LedgerStatus.Channel(
                    network.channel(),
                    network.contract(),
                    network.contractVersion(),
                    network.ordering(),
                    rs.getLong("height"),
                    instant(rs.getTimestamp("read_at")),
                    rs.getLong("on_the_way"),
                    endorsers);
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}

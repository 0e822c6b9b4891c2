package org.yiqi.telemetry.intake;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.telemetry.EpisodeActivated;
import org.yiqi.telemetry.Severity;

/** Announces one episode in one transaction with what other areas do about it: all of it or nothing. */
@Stateless
@PermitAll
@RunAs(Roles.SYSTEM)
public class EpisodeAnnouncement {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Event<EpisodeActivated> activated;

    /** The activated episodes of which nobody has been told. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<UUID> waiting() {
        List<UUID> waiting = new ArrayList<>();
        try (Connection c = dataSource.getConnection()) {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            try (Statement s = c.createStatement();
                    ResultSet rs = s.executeQuery("""
                            select id from telemetry.alert_episode where announced_at is null and activated_at is not null
                            order by activated_at limit 500""")) {
                while (rs.next()) {
                    waiting.add(rs.getObject(1, UUID.class));
                }
            }
            return waiting;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void announce(UUID episode) {
        caller.asSystem(() -> {
            try (Connection c = dataSource.getConnection()) {
                TenancyInterceptor.apply(c, "", Scope.SYSTEM);
                mark(c, episode).forEach(activated::fire);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The mark is taken by one node only; empty when another one was faster. */
    private List<EpisodeActivated> mark(Connection c, UUID episode) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                update telemetry.alert_episode e set announced_at = ?, version = e.version + 1 from telemetry.rule r
                where e.id = ? and e.announced_at is null and r.id = e.rule_id
                returning e.id, e.device_id, e.rule_id, r.name_zh, r.name_en, e.severity, e.activated_at""")) {
            s.setTimestamp(1, Timestamp.from(clock.instant()));
            s.setObject(2, episode);
            List<EpisodeActivated> events = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    events.add(new EpisodeActivated(
                            rs.getObject("id", UUID.class),
                            rs.getObject("device_id", UUID.class),
                            rs.getObject("rule_id", UUID.class),
                            rs.getString("name_zh"),
                            rs.getString("name_en"),
                            Severity.valueOf(rs.getString("severity")),
                            rs.getTimestamp("activated_at").toInstant()));
                }
            }
            return events;
        }
    }
}

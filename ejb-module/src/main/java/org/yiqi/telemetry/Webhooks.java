package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Tells organisations' own systems of alerts: the custodian and owner of the unit, its maintainer, and every organisation
 * that the unit is shown to. What is to be told is written in the transaction of the alert and sent after it.
 */
@Stateless
@Secured
public class Webhooks {

    private static final int MOST = 10;

    private static final String SELECT = """
            select w.*, d.delivered_at, d.outcome from telemetry.webhook w left join lateral (
              select delivered_at, outcome from telemetry.webhook_delivery where webhook_id = w.id and outcome <> ''
              order by created_at desc limit 1) d on true
            where w.removed_at is null""";

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    WebhookSecrets secrets;

    /** The webhooks of the caller's organisation. */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public List<WebhookView> list() {
        return Sql.in(
                dataSource,
                c -> Sql.all(c, SELECT + " and w.org_id = ? order by w.created_at", Webhooks::view, caller.orgId()));
    }

    /** @throws RuleViolation {@code telemetry.webhook-url} or {@code telemetry.webhook-limit} */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public WebhookView create(String url) {
        requireAddress(url);
        if (list().size() >= MOST) {
            throw new RuleViolation("telemetry.webhook-limit", "At most " + MOST + " webhooks");
        }
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "insert into telemetry.webhook (id, org_id, url, created_at) values (?,?,?,?)",
                        id,
                        caller.orgId(),
                        url,
                        now));
        audit.write(
                "telemetry.webhook-created",
                id.toString(),
                Map.of("host", String.valueOf(URI.create(url).getHost())));
        return new WebhookView(id, 0, url, now, secrets.secretOf(id), null, null);
    }

    /** @throws NotFound {@code telemetry.webhook-not-found} */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public void remove(UUID id) {
        int removed = Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update telemetry.webhook set removed_at = ?, version = version + 1 where id = ? and org_id = ? and removed_at is null",
                        clock.instant(),
                        id,
                        caller.orgId()));
        if (removed == 0) {
            throw new NotFound("telemetry.webhook-not-found", "No such webhook");
        }
        audit.write("telemetry.webhook-removed", id.toString(), Map.of());
    }

    private static void requireAddress(String url) {
        try {
            URI address = URI.create(url);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && url.length() <= 500) {
                return;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw badAddress(notAnAddress);
        }
        throw badAddress(null);
    }

    private static RuleViolation badAddress(@Nullable Throwable cause) {
        return new RuleViolation("telemetry.webhook-url", "An http or https address without a password", cause)
                .at("/url", "http or https");
    }

    /** Writes down who is to be told; the sender takes it from there. */
    @PermitAll
    public void onActivated(@Observes EpisodeActivated alert) {
        Sql.in(dataSource, c -> {
            String body = body(c, alert);
            return Sql.run(
                    c, """
                    insert into telemetry.webhook_delivery (id, webhook_id, episode_id, event, body, next_at, created_at)
                    select gen_random_uuid(), w.id, ?, 'alert.activated', ?, ?, ? from telemetry.webhook w
                    where w.removed_at is null and w.org_id in (
                      select unnest(array[u.owner_id, u.custodian_id, u.maintainer_id]) from equipment.unit u where u.id = ?
                      union select g.org_id from equipment.guest g where g.unit_id = ?)
                    on conflict do nothing""", alert.episodeId(), body, clock.instant(), clock.instant(), alert.unitId(), alert.unitId());
        });
    }

    private static String body(Connection c, EpisodeActivated alert) throws SQLException {
        String assetTag = Sql.one(
                        c, "select asset_tag from equipment.unit where id = ?", rs -> rs.getString(1), alert.unitId())
                .orElse("");
        return Json.createObjectBuilder()
                .add("event", "alert.activated")
                .add("episodeId", alert.episodeId().toString())
                .add("unitId", alert.unitId().toString())
                .add("assetTag", assetTag)
                .add("ruleId", alert.ruleId().toString())
                .add("ruleNameZh", alert.ruleNameZh())
                .add("ruleNameEn", alert.ruleNameEn())
                .add("severity", alert.severity().name())
                .add("at", alert.at().toString())
                .build()
                .toString();
    }

    private static WebhookView view(ResultSet rs) throws SQLException {
        return new WebhookView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("url"),
                rs.getTimestamp("created_at").toInstant(),
                null,
                Sql.instant(rs, "delivered_at"),
                rs.getString("outcome"));
    }
}

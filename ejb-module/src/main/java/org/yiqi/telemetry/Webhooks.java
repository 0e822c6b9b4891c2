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
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
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

    private static final String TRIAL = "webhook.trial";

    private static final Listing<DeliveryView> DELIVERIES = Listing.of("d.*", """
                    (select x.*, case when delivered_at is not null then 'DELIVERED' when next_at is null then 'FAILED' else 'WAITING' end state
                       from telemetry.webhook_delivery x) d""", "d.id", Webhooks::delivery)
            .sort("createdAt", "d.created_at", "timestamptz")
            .defaultSort("-createdAt")
            .filter("id", "d.id", "uuid")
            .filter("webhook", "d.webhook_id", "uuid")
            .filter("state", "d.state", "text");

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
            throw missing();
        }
        audit.write("telemetry.webhook-removed", id.toString(), Map.of());
    }

    /** What was sent to a webhook, newest first; filters: {@code state}. */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public Page<DeliveryView> deliveries(UUID webhookId, ListQuery query) {
        get(webhookId);
        return Sql.in(dataSource, c -> DELIVERIES.page(c, query.where("webhook", webhookId.toString())));
    }

    /** One webhook of the caller's organisation. */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public WebhookView get(UUID id) {
        return list().stream().filter(w -> w.id().equals(id)).findFirst().orElseThrow(Webhooks::missing);
    }

    /**
     * Sends a message that says nothing, so that a receiver can be tried out; it goes out like any other.
     *
     * @throws Conflict {@code telemetry.webhook-trial-waiting} while the trial before has not arrived
     */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public DeliveryView tryOut(UUID webhookId) {
        get(webhookId);
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String body = Json.createObjectBuilder()
                .add("event", TRIAL)
                .add("webhookId", webhookId.toString())
                .add("at", now.toString())
                .build()
                .toString();
        int made = Sql.in(dataSource, c -> Sql.run(c, """
                        insert into telemetry.webhook_delivery (id, webhook_id, event, body, next_at, created_at)
                        values (?,?,?,?,?,?) on conflict do nothing""", id, webhookId, TRIAL, body, now, now));
        if (made == 0) {
            throw new Conflict("telemetry.webhook-trial-waiting", "The trial before has not arrived yet");
        }
        audit.write("telemetry.webhook-tried", webhookId.toString(), Map.of("delivery", id.toString()));
        return delivery(webhookId, id);
    }

    /**
     * Tries once more at once what has not arrived; if that fails too, the pauses go on where they were.
     *
     * @throws Conflict {@code telemetry.webhook-delivered}
     */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public DeliveryView retry(UUID webhookId, UUID deliveryId) {
        get(webhookId);
        delivery(webhookId, deliveryId);
        int changed = Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update telemetry.webhook_delivery set next_at = ? where id = ? and webhook_id = ? and delivered_at is null",
                        clock.instant(),
                        deliveryId,
                        webhookId));
        if (changed == 0) {
            throw new Conflict("telemetry.webhook-delivered", "It has arrived already");
        }
        audit.write("telemetry.webhook-retried", webhookId.toString(), Map.of("delivery", deliveryId.toString()));
        return delivery(webhookId, deliveryId);
    }

    private DeliveryView delivery(UUID webhookId, UUID id) {
        return deliveries(webhookId, ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("telemetry.delivery-not-found", "No such delivery"));
    }

    private static NotFound missing() {
        return new NotFound("telemetry.webhook-not-found", "No such webhook");
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

    private static DeliveryView delivery(ResultSet rs) throws SQLException {
        return new DeliveryView(
                rs.getObject("id", UUID.class),
                rs.getObject("episode_id", UUID.class),
                rs.getString("event"),
                rs.getString("state"),
                rs.getInt("attempts"),
                rs.getString("outcome"),
                rs.getTimestamp("created_at").toInstant(),
                Sql.instant(rs, "delivered_at"),
                Sql.instant(rs, "next_at"),
                rs.getString("body"));
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

package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.telemetry.intake.ReplayQueue;

/** Messages that could not be taken in: shown with the reason, and replayed when the reason is gone. */
@Stateless
@Secured
public class DeadLetters {

    private static final int SHOWN = 2_000;
    /** What was refused for what it tried, not for what it said, is never taken in. */
    private static final Set<String> NEVER = Set.of("REFUSED", "SPOOFED");

    private static final Listing<DeadLetterView> LISTING = Listing.of(
                    "d.id, d.version, d.device_id, d.address, d.reason, d.detail, d.received_at, d.replayed_at, "
                            + "substring(d.payload for " + SHOWN + ") as beginning, length(d.payload) as size",
                    "telemetry.dead_letter d",
                    "d.id",
                    DeadLetters::view)
            .sort("receivedAt", "d.received_at", "timestamptz")
            .defaultSort("-receivedAt")
            .filter("id", "d.id", "uuid")
            .filter("unit", "d.device_id", "uuid")
            .filter("reason", "d.reason", "text")
            .filterWhere("replayed", "(d.replayed_at is not null)::text = any(?)", "boolean");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    ReplayQueue queue;

    /** Filters: {@code unit, reason, replayed, id}; sort: {@code receivedAt}. */
    @RolesAllowed("**")
    public Page<DeadLetterView> list(ListQuery query) {
        return Sql.in(dataSource, c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code telemetry.dead-letter-not-found} */
    @RolesAllowed("**")
    public DeadLetterView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("telemetry.dead-letter-not-found", "No such message"));
    }

    /** Sends the message through the intake again; if its reason still holds, it comes back as a new one. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public DeadLetterView replay(UUID id) {
        DeadLetterView letter = get(id);
        if (NEVER.contains(letter.reason())) {
            throw new RuleViolation("telemetry.not-replayable", "A message in another device's name is never taken in");
        }
        byte[] payload = Sql.in(dataSource, c -> {
            Sql.run(
                    c,
                    "update telemetry.dead_letter set replayed_at = ?, replayed_by = ?, version = version + 1 where id = ?",
                    clock.instant(),
                    caller.personId(),
                    id);
            return Sql.one(c, "select payload from telemetry.dead_letter where id = ?", rs -> rs.getBytes(1), id)
                    .orElseThrow();
        });
        audit.write("telemetry.dead-letter-replayed", id.toString(), Map.of("reason", letter.reason()));
        queue.send(letter.address(), payload);
        return get(id);
    }

    private static DeadLetterView view(ResultSet rs) throws SQLException {
        return new DeadLetterView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("device_id", UUID.class),
                rs.getString("address"),
                rs.getString("reason"),
                rs.getString("detail"),
                new String(rs.getBytes("beginning"), StandardCharsets.UTF_8),
                rs.getLong("size"),
                rs.getTimestamp("received_at").toInstant(),
                Sql.instant(rs, "replayed_at"));
    }
}

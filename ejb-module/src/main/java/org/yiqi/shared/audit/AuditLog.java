package org.yiqi.shared.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Writes who did what, in the transaction of the deed: no deed without its entry, no entry without its deed. Each entry
 * carries its salt and its leaf in the evidence log, where it gets its place within seconds.
 */
@ApplicationScoped
public class AuditLog {

    private static final Jsonb JSON = JsonbBuilder.create();
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /**
     * @param action {@code area.verb}, such as {@code rental.approved}
     * @param subject the id of the thing
     * @param details values that explain the deed; never secrets, never personal data beyond the caller's id
     */
    public void write(String action, String subject, Map<String, ?> details) {
        YiqiPrincipal p = caller.find();
        sql.with(c -> {
            write(
                    c,
                    clock.instant(),
                    p == null ? null : p.orgId(),
                    p == null ? null : p.personId(),
                    action,
                    subject,
                    details);
            return action;
        });
    }

    /** For what happens before or without a caller whom the container knows; in the transaction of the connection. */
    public static void write(
            Connection c,
            Instant now,
            @Nullable UUID org,
            @Nullable UUID person,
            String action,
            String subject,
            Map<String, ?> details)
            throws SQLException {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> plain = AuditContent.plain(details);
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        AuditContent entry = new AuditContent(at, org, person, action, AuditContent.clean(subject), plain);
        try (PreparedStatement s = c.prepareStatement(
                "insert into audit.entry(at, org_id, person_id, action, subject, details, salt, leaf) values (?,?,?,?,?,?::jsonb,?,?)")) {
            Sql.bind(c, s, at, org, person, action, entry.subject(), JSON.toJson(plain), salt, entry.hash(salt));
            s.executeUpdate();
        }
    }
}

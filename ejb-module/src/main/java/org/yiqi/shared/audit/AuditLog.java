package org.yiqi.shared.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Writes who did what, in the transaction of the deed: no deed without its entry, no entry without its deed. */
@ApplicationScoped
public class AuditLog {

    private static final Jsonb JSON = JsonbBuilder.create();

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

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
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement(
                        "insert into audit.entry(at, org_id, person_id, action, subject, details) values (?,?,?,?,?,?::jsonb)")) {
            s.setTimestamp(1, Timestamp.from(clock.instant()));
            s.setObject(2, p == null ? null : p.orgId());
            s.setObject(3, p == null ? null : p.personId());
            s.setString(4, action);
            s.setString(5, clean(subject));
            s.setString(6, JSON.toJson(new TreeMap<>(details)));
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The audit entry could not be written", e);
        }
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }
}

package org.yiqi.shared.audit;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Keeps in the audit log what somebody who is signed in tried and may not: their own application approved, a role they do
 * not have. What was tried is rolled back by then, so this entry has a connection of its own.
 */
@Stateless
@Secured
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Denials {

    private static final Logger LOG = Logger.getLogger(Denials.class.getName());
    private static final int LONGEST = 200;

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /**
     * Never fails: the answer to the person is the same whether the entry could be written or not.
     *
     * @param code the refusal's code
     * @param tried what was asked for, such as {@code POST /api/v1/rentals/1/approve}
     */
    public void note(String code, String tried) {
        YiqiPrincipal who = caller.find();
        if (who == null) {
            return;
        }
        String subject = tried.length() <= LONGEST ? tried : tried.substring(0, LONGEST);
        try (Connection c = dataSource.getConnection()) {
            AuditLog.write(
                    c, clock.instant(), who.orgId(), who.personId(), "shared.denied", subject, Map.of("code", code));
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "A denial could not be kept: " + code + " for " + subject, e);
        }
    }
}

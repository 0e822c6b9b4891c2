package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Secured;

/** Subjects that a refused act has stopped. */
@Stateless
@Secured
public class StoppedSubjects {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    RelaySignal signal;

    /** Lets a subject go on after somebody has looked. Acts that followed the refused one are answered by the rules. */
    @RolesAllowed({Roles.REGULATOR, Roles.PLATFORM_OPERATOR})
    public void release(String subject) {
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("delete from ledger.stopped_subject where subject = ?")) {
            s.setString(1, subject);
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        signal.wake();
    }
}

package org.yiqi.container;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** A service like any other, that tells what the database sees of its transaction. */
@Stateless
@Secured
@PermitAll
public class TenancyProbe {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @PersistenceContext
    EntityManager entities;

    @Inject
    Caller caller;

    public String scopeSeenByJdbc() throws SQLException {
        try (Connection c = dataSource.getConnection();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select shared.scope() || '/' || pg_backend_pid()")) {
            rs.next();
            return rs.getString(1);
        }
    }

    public boolean jpaAndJdbcShareTheConnection() throws SQLException {
        Object jpa = entities.createNativeQuery("select shared.scope() || '/' || pg_backend_pid()")
                .getSingleResult();
        return scopeSeenByJdbc().equals(jpa);
    }

    public void writeAndRefuse(String source) throws SQLException {
        try (Connection c = dataSource.getConnection();
                Statement s = c.createStatement()) {
            s.executeUpdate("insert into organisation.login_source values ('" + source + "', now(), 1)");
        }
        throw new Conflict("test.refused", "Refused after a write");
    }

    public boolean isThere(String source) throws SQLException {
        try (Connection c = dataSource.getConnection();
                Statement s = c.createStatement();
                ResultSet rs =
                        s.executeQuery("select 1 from organisation.login_source where source = '" + source + "'")) {
            return rs.next();
        }
    }
}

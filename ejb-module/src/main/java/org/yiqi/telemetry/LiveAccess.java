package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Which units a person with an open socket may watch. A socket has no request, so the person is named. */
@Stateless
@PermitAll
public class LiveAccess {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    /** Those of the wanted units that the person sees, by the same row-level security as everywhere. */
    public Set<UUID> visible(YiqiPrincipal person, Collection<UUID> wanted) {
        try (Connection c = dataSource.getConnection()) {
            TenancyInterceptor.apply(c, person.orgId().toString(), person.scope());
            try (PreparedStatement s = c.prepareStatement("select id from equipment.unit where id = any(?)")) {
                s.setArray(1, c.createArrayOf("uuid", wanted.toArray()));
                Set<UUID> visible = new HashSet<>();
                try (ResultSet rs = s.executeQuery()) {
                    while (rs.next()) {
                        visible.add(rs.getObject(1, UUID.class));
                    }
                }
                return visible;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

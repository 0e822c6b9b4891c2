package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.Secured;

/** Public keys are public: partners compare fingerprints. Private halves never leave the key store. */
@Stateless
@Secured
public class OrganisationKeys {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    /** All keys that an organisation has had, youngest first. */
    @RolesAllowed("**")
    public List<KeyView> of(UUID org) {
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        select key_id, org_id, alg, public_key, custody, created_at, revoked_at
                        from ledger.organisation_key where org_id = ? order by created_at desc, key_id""")) {
            s.setObject(1, org);
            List<KeyView> keys = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    Timestamp revoked = rs.getTimestamp("revoked_at");
                    keys.add(new KeyView(
                            rs.getString("key_id"),
                            rs.getObject("org_id", UUID.class),
                            rs.getString("alg"),
                            rs.getString("public_key"),
                            rs.getString("custody"),
                            rs.getTimestamp("created_at").toInstant(),
                            revoked == null ? null : revoked.toInstant()));
                }
            }
            return keys;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

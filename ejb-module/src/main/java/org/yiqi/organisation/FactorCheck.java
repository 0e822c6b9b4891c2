package org.yiqi.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;
import org.yiqi.organisation.domain.Totp;

/** Whether a code is the second factor of a person now; a code that passes is used up in the same transaction. */
@ApplicationScoped
public class FactorCheck {

    @Inject
    FactorSecrets secrets;

    @Inject
    Clock clock;

    boolean isOn(Connection c, UUID person) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select 1 from organisation.person where id = ? and totp_secret is not null")) {
            s.setObject(1, person);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next();
            }
        }
    }

    /** @param typed a code of the authenticator or one of the recovery codes */
    boolean use(Connection c, UUID person, String typed) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select totp_secret, totp_last_step from organisation.person where id = ? and totp_secret is not null for update")) {
            s.setObject(1, person);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    return false;
                }
                byte[] secret = secrets.open(rs.getBytes(1), person);
                OptionalLong step = Totp.match(secret, typed, clock.instant(), rs.getLong(2));
                if (step.isPresent()) {
                    // Sealed anew each time, so that it follows a change of the key-encryption key.
                    return update(
                            c,
                            "update organisation.person set totp_last_step = ?, totp_secret = ? where id = ?",
                            step.getAsLong(),
                            secrets.seal(secret, person),
                            person);
                }
            }
        }
        String hash = RecoveryCodes.hash(person, typed);
        return update(
                c,
                "update organisation.person set recovery_codes = array_remove(recovery_codes, ?) where id = ? and ? = any(recovery_codes)",
                hash,
                person,
                hash);
    }

    private static boolean update(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            return s.executeUpdate() == 1;
        }
    }
}

package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.equipment.CustodyPassed;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The secrets with which devices sign in at the broker. Only a keyed hash is kept; the broker hears of every change at
 * once. The custodian answers for the device, so only the custodian may make or revoke its secret.
 */
@Stateless
@Secured
public class DeviceCredentials {

    /** After a unit changed hands the old secret works this long, so that no reading is lost before it is replaced. */
    private static final Duration HANDOVER = Duration.ofHours(24);

    private static final SecureRandom RANDOM = new SecureRandom();

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    @ConfigProperty(name = "yiqi.device-secret-key", defaultValue = "")
    Optional<String> secretKey;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** @throws NotFound {@code telemetry.no-credential} when none was ever issued */
    @RolesAllowed("**")
    public CredentialView get(UUID unitId) {
        units.get(unitId);
        return Sql.in(dataSource, c -> find(c, unitId))
                .orElseThrow(() -> new NotFound("telemetry.no-credential", "No credential was issued for this device"));
    }

    /** The first secret, or a new one after a revocation. */
    @RolesAllowed(Roles.EQUIPMENT)
    public IssuedCredential issue(UUID unitId) {
        requireCustodian(unitId);
        boolean active = Sql.in(dataSource, c -> find(c, unitId))
                .filter(known -> known.revokedAt() == null)
                .isPresent();
        if (active) {
            throw new Conflict("telemetry.credential-exists", "The device has a credential: rotate or revoke it");
        }
        return replace(unitId, "telemetry.credential-issued");
    }

    /** A new secret in place of the present one, which stops working at once. */
    @RolesAllowed(Roles.EQUIPMENT)
    public IssuedCredential rotate(UUID unitId) {
        requireCustodian(unitId);
        get(unitId);
        return replace(unitId, "telemetry.credential-rotated");
    }

    /** Cuts the device off. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public CredentialView revoke(UUID unitId) {
        if (!caller.has(Roles.PLATFORM_OPERATOR)) {
            requireCustodian(unitId);
        }
        get(unitId);
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update telemetry.device_credential set revoked_at = ?, version = version + 1 where device_id = ? and revoked_at is null",
                        clock.instant(),
                        unitId));
        audit.write("telemetry.credential-revoked", unitId.toString(), Map.of());
        return get(unitId);
    }

    /** The device stays, its custodian changes: the new one has a day to replace the secret that the old one knows. */
    @PermitAll
    public void onCustodyPassed(@Observes CustodyPassed passed) {
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update telemetry.device_credential set expires_at = ?, version = version + 1 where device_id = ? and revoked_at is null",
                        clock.instant().plus(HANDOVER),
                        passed.unitId()));
    }

    private void requireCustodian(UUID unitId) {
        UnitView unit = units.get(unitId);
        if (!unit.custodianId().equals(caller.orgId())) {
            throw new NotPermitted("telemetry.only-the-custodian", "Only the custodian handles the device's secret");
        }
    }

    private IssuedCredential replace(UUID unitId, String action) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long version = Sql.in(
                dataSource, c -> Sql.one(c, """
                                insert into telemetry.device_credential as d (device_id, hash, issued_at, issued_by) values (?,?,?,?)
                                on conflict (device_id) do update set hash = excluded.hash, issued_at = excluded.issued_at,
                                  issued_by = excluded.issued_by, expires_at = null, revoked_at = null, version = d.version + 1
                                returning version""", rs -> rs.getLong(1), unitId, hash(secret), now, caller.personId())
                        .orElseThrow());
        audit.write(action, unitId.toString(), Map.of("version", version));
        return new IssuedCredential(unitId, version, unitId.toString(), secret, topic(unitId), now);
    }

    private byte[] hash(String secret) {
        String key = secretKey
                .filter(k -> !k.isBlank())
                .orElseThrow(() -> new IllegalStateException("yiqi.device-secret-key is not set"));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<CredentialView> find(Connection c, UUID unitId) throws SQLException {
        Instant now = clock.instant();
        return Sql.one(c, "select * from telemetry.device_credential where device_id = ?", rs -> view(rs, now), unitId);
    }

    private static CredentialView view(ResultSet rs, Instant now) throws SQLException {
        UUID id = rs.getObject("device_id", UUID.class);
        Instant expires = Sql.instant(rs, "expires_at");
        Instant revoked = Sql.instant(rs, "revoked_at");
        boolean expired = expires != null && !expires.isAfter(now);
        String state = revoked != null ? "REVOKED" : expired ? "EXPIRED" : expires != null ? "ROTATION_DUE" : "ACTIVE";
        return new CredentialView(
                id,
                rs.getLong("version"),
                state,
                topic(id),
                rs.getTimestamp("issued_at").toInstant(),
                expires,
                revoked);
    }

    private static String topic(UUID unitId) {
        return "yiqi/v1/" + unitId + "/readings";
    }
}

package org.yiqi.organisation;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.PasswordHash;
import org.yiqi.shared.Ids;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Signing in, by password and by token. Open to all, since nobody is known before it; it uses the workers' pool because no
 * tenant context exists yet, in a transaction of its own since a transaction cannot span two pools. Counters live in the database, so a restart does not lift a lock.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Logins {

    public static final int FAILURES_BEFORE_LOCK = 5;
    public static final Duration LOCK = Duration.ofMinutes(15);
    public static final int FAILURES_PER_SOURCE_AND_MINUTE = 20;
    public static final Duration TOKEN_LIFE = Duration.ofHours(8);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Compared when the account does not exist, so that the answer takes as long. */
    private static final String NOBODY = PasswordHash.of("nobody");

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    @Inject
    FactorCheck factor;

    /**
     * Checks a name, a password and, where the account has a second factor, its code. Refused when they do not match, when
     * the account is locked or closed, or when the source tries too often: the caller shows one message for all.
     *
     * @param code the second factor's code, null when the person has not been asked yet
     * @param org for which organisation to act; null lets a person of several choose
     * @param source the network address that the attempt comes from
     */
    public SignIn signIn(String username, String password, @Nullable String code, @Nullable UUID org, String source) {
        return sql(c -> {
            Instant now = clock.instant();
            if (LoginAttempts.ofSource(c, source, now) >= FAILURES_PER_SOURCE_AND_MINUTE) {
                return SignIn.REFUSED;
            }
            UUID person = null;
            String hash = NOBODY;
            boolean open = false;
            try (PreparedStatement s = c.prepareStatement(
                    "select id, password_hash, active, locked_until from organisation.person where username = ? for update")) {
                s.setString(1, username);
                try (ResultSet rs = s.executeQuery()) {
                    if (rs.next()) {
                        person = rs.getObject(1, UUID.class);
                        hash = rs.getString(2);
                        Timestamp locked = rs.getTimestamp(4);
                        open = rs.getBoolean(3)
                                && (locked == null || !locked.toInstant().isAfter(now));
                    }
                }
            }
            boolean matches = PasswordHash.matches(password, hash);
            if (person == null || !open || !matches) {
                refused(c, person, open, open ? "password" : "locked", source, now);
                return SignIn.REFUSED;
            }
            return finish(c, person, code, org, source);
        });
    }

    /** The second step of a login whose password was right, for the person that {@link SignIn#personId} named. */
    public SignIn secondStep(UUID person, String code, String source) {
        return sql(c -> {
            Instant now = clock.instant();
            if (LoginAttempts.ofSource(c, source, now) >= FAILURES_PER_SOURCE_AND_MINUTE
                    || LoginAttempts.isLocked(c, person, now)) {
                return SignIn.REFUSED;
            }
            return finish(c, person, code, null, source);
        });
    }

    private SignIn finish(Connection c, UUID person, @Nullable String code, @Nullable UUID org, String source)
            throws SQLException {
        if (factor.isOn(c, person)) {
            if (code == null) {
                return SignIn.codeNeeded(person);
            }
            if (!factor.use(c, person, code)) {
                refused(c, person, true, "code", source, clock.instant());
                return SignIn.REFUSED;
            }
        }
        LoginAttempts.succeeded(c, person);
        List<MembershipView> choices = memberships(c, person);
        audit(c, person, org == null ? first(choices) : org, "organisation.signed-in", Map.of("source", source));
        if (org == null && choices.size() > 1) {
            return SignIn.choiceNeeded(person, choices);
        }
        return principal(c, person, org).map(SignIn::done).orElse(SignIn.REFUSED);
    }

    private void refused(Connection c, @Nullable UUID person, boolean open, String reason, String source, Instant now)
            throws SQLException {
        boolean locked = LoginAttempts.failed(c, open ? person : null, source, now);
        if (person != null) {
            UUID org = first(memberships(c, person));
            audit(c, person, org, "organisation.sign-in-refused", Map.of("source", source, "reason", reason));
            if (locked) {
                audit(c, person, org, "organisation.account-locked", Map.of("source", source));
            }
        }
    }

    /** The one that the person has belonged to longest. */
    private static @Nullable UUID first(List<MembershipView> memberships) {
        return memberships.isEmpty() ? null : memberships.get(0).organisationId();
    }

    private void audit(Connection c, UUID person, @Nullable UUID org, String action, Map<String, String> details)
            throws SQLException {
        AuditLog.write(c, clock.instant(), org, person, action, person.toString(), details);
    }

    /** For which organisations a person may act now. */
    public List<MembershipView> memberships(UUID person) {
        return sql(c -> memberships(c, person));
    }

    private static List<MembershipView> memberships(Connection c, UUID person) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select o.id, o.name_zh, o.name_en, o.kind, m.roles from organisation.membership m
                  join organisation.organisation o on o.id = m.org_id
                 where m.person_id = ? and m.ended_at is null order by m.since, m.org_id""")) {
            s.setObject(1, person);
            try (ResultSet rs = s.executeQuery()) {
                List<MembershipView> all = new ArrayList<>();
                while (rs.next()) {
                    all.add(new MembershipView(
                            rs.getObject(1, UUID.class),
                            rs.getString(2),
                            rs.getString(3),
                            rs.getString(4),
                            List.copyOf(strings(rs.getArray(5)))));
                }
                return all;
            }
        }
    }

    /**
     * The person as they may act now for the organisation; empty when the account or membership has ended, or the
     * password was changed after the session began.
     */
    public Optional<YiqiPrincipal> principal(UUID personId, UUID orgId, Instant since) {
        return sql(c -> {
            try (PreparedStatement s =
                    c.prepareStatement("select 1 from organisation.person where id = ? and password_changed_at > ?")) {
                s.setObject(1, personId);
                s.setTimestamp(2, Timestamp.from(since));
                try (ResultSet rs = s.executeQuery()) {
                    if (rs.next()) {
                        return Optional.empty();
                    }
                }
            }
            return principal(c, personId, orgId);
        });
    }

    /** @return a bearer token, shown once and stored hashed; its end is {@link #TOKEN_LIFE} away */
    public IssuedToken issueToken(YiqiPrincipal principal) {
        String token = newToken();
        Instant expires = clock.instant().plus(TOKEN_LIFE).truncatedTo(ChronoUnit.SECONDS);
        sql(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "insert into organisation.access_token(id, hash, person_id, org_id, roles, created_at, expires_at) values (?,?,?,?,?,?,?)")) {
                s.setObject(1, Ids.next());
                s.setBytes(2, hash(token));
                s.setObject(3, principal.personId());
                s.setObject(4, principal.orgId());
                s.setArray(5, c.createArrayOf("text", principal.roles().toArray()));
                s.setTimestamp(6, Timestamp.from(clock.instant()));
                s.setTimestamp(7, Timestamp.from(expires));
                return s.executeUpdate();
            }
        });
        return new IssuedToken(token, expires);
    }

    /** Who a bearer token stands for; empty when unknown, expired or revoked. Roles are those of now, not of its issue. */
    public Optional<YiqiPrincipal> byToken(String token) {
        return sql(c -> {
            try (PreparedStatement s = c.prepareStatement("""
                    select t.id, t.person_id, t.org_id, t.roles, t.label, o.kind, t.scopes
                      from organisation.access_token t join organisation.organisation o on o.id = t.org_id
                     where t.hash = ? and t.revoked_at is null and t.expires_at > ?""")) {
                s.setBytes(1, hash(token));
                s.setTimestamp(2, Timestamp.from(clock.instant()));
                try (ResultSet rs = s.executeQuery()) {
                    if (!rs.next()) {
                        return Optional.empty();
                    }
                    UUID person = rs.getObject(2, UUID.class);
                    UUID org = rs.getObject(3, UUID.class);
                    if (person != null) {
                        return principal(c, person, org).filter(p -> !p.mustEnrol());
                    }
                    UUID key = rs.getObject(1, UUID.class);
                    used(c, key);
                    return Optional.of(new YiqiPrincipal(
                            "key:" + rs.getString(5),
                            key,
                            org,
                            scope(rs.getString(6)),
                            strings(rs.getArray(4)),
                            strings(rs.getArray(7))));
                }
            }
        });
    }

    private void used(Connection c, UUID key) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                update organisation.access_token set last_used_at = ?
                 where id = ? and (last_used_at is null or last_used_at < ?)""")) {
            Instant now = clock.instant();
            s.setTimestamp(1, Timestamp.from(now));
            s.setObject(2, key);
            s.setTimestamp(3, Timestamp.from(now.minusSeconds(60)));
            s.executeUpdate();
        }
    }

    public void revoke(String token) {
        sql(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "update organisation.access_token set revoked_at = ? where hash = ? and revoked_at is null")) {
                s.setTimestamp(1, Timestamp.from(clock.instant()));
                s.setBytes(2, hash(token));
                return s.executeUpdate();
            }
        });
    }

    static String newToken() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return "yq_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<YiqiPrincipal> principal(Connection c, UUID person, @Nullable UUID org)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select p.username, m.org_id, m.roles, o.kind, o.second_factor_required and p.totp_secret is null
                  from organisation.person p join organisation.membership m on m.person_id = p.id
                  join organisation.organisation o on o.id = m.org_id
                 where p.id = ? and p.active and m.ended_at is null and (cast(? as uuid) is null or m.org_id = ?)
                 order by m.since, m.org_id limit 1""")) {
            s.setObject(1, person);
            s.setObject(2, org);
            s.setObject(3, org);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    return Optional.empty();
                }
                UUID acting = rs.getObject(2, UUID.class);
                Scope scope = scope(rs.getString(4));
                return Optional.of(
                        rs.getBoolean(5)
                                ? YiqiPrincipal.whoMustEnrol(rs.getString(1), person, acting, scope)
                                : new YiqiPrincipal(rs.getString(1), person, acting, scope, strings(rs.getArray(3))));
            }
        }
    }

    private static Scope scope(String kind) {
        return switch (kind) {
            case "PLATFORM" -> Scope.PLATFORM;
            case "REGULATOR" -> Scope.REGULATOR;
            default -> Scope.MEMBER;
        };
    }

    private static Set<String> strings(Array array) throws SQLException {
        return new LinkedHashSet<>(Arrays.asList((String[]) array.getArray()));
    }

    private <R> R sql(Work<R> work) {
        try (Connection c = dataSource.getConnection()) {
            return work.run(c);
        } catch (SQLException e) {
            throw new IllegalStateException("The login store did not answer", e);
        }
    }

    private interface Work<R> {
        R run(Connection c) throws SQLException;
    }

    /** A token's text, which is not stored, and its end. */
    public record IssuedToken(String token, Instant expiresAt) {}
}

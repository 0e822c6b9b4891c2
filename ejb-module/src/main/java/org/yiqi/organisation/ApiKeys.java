package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.RoleRules;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The keys with which an organisation's programs call the API: roles say what, scopes ({@code area:read},
 * {@code area:write}) narrow it down, and every key ends.
 */
@Stateless
@Secured
@RolesAllowed(Roles.ORG_ADMIN)
public class ApiKeys {

    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern SCOPE = Pattern.compile("[a-z]{2,20}:(read|write)");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    public List<ApiKeyView> list() {
        return sql.list(
                "select * from organisation.access_token where org_id = ? and person_id is null order by created_at desc limit 200",
                rs -> read(rs, null),
                caller.orgId());
    }

    /** The roles that a key of the caller's organisation can have. */
    public List<String> assignableRoles() {
        return RoleRules.ofKeys(People.kind(sql, caller));
    }

    /** @return the key's only appearance in clear */
    public ApiKeyView create(String label, List<String> roles, List<String> scopes, Instant expiresAt) {
        RoleRules.checkKey(People.kind(sql, caller), roles);
        if (scopes.isEmpty() || !scopes.stream().allMatch(s -> SCOPE.matcher(s).matches())) {
            throw new RuleViolation("organisation.bad-scope", "A scope is area:read or area:write")
                    .at("/scopes", "area:read or area:write");
        }
        Instant now = clock.instant();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            throw new RuleViolation("organisation.key-life", "A key lives up to a year")
                    .at("/expiresAt", "within a year");
        }
        UUID id = Ids.next();
        String key = Logins.newToken();
        sql.update(
                """
                insert into organisation.access_token(id, hash, org_id, label, roles, scopes, created_at, expires_at)
                values (?,?,?,?,?,?,?,?)""",
                id,
                Logins.hash(key),
                caller.orgId(),
                label,
                roles.stream().distinct().toList(),
                scopes.stream().distinct().toList(),
                now,
                expiresAt);
        audit.write("organisation.key-created", id.toString(), Map.of("roles", roles, "scopes", scopes));
        return sql.first("select * from organisation.access_token where id = ?", rs -> read(rs, key), id)
                .orElseThrow();
    }

    public void revoke(UUID id) {
        int rows = sql.update(
                "update organisation.access_token set revoked_at = ? where id = ? and org_id = ? and person_id is null and revoked_at is null",
                clock.instant(),
                id,
                caller.orgId());
        if (rows == 0) {
            throw new NotFound("organisation.key-not-found", "No such key");
        }
        audit.write("organisation.key-revoked", id.toString(), Map.of());
    }

    private static ApiKeyView read(ResultSet rs, @Nullable String key) throws SQLException {
        return new ApiKeyView(
                rs.getObject("id", UUID.class),
                rs.getString("label"),
                Sql.texts(rs, "roles"),
                Sql.texts(rs, "scopes"),
                rs.getTimestamp("created_at").toInstant(),
                rs.getTimestamp("expires_at").toInstant(),
                Sql.instant(rs, "last_used_at"),
                Sql.instant(rs, "revoked_at"),
                key);
    }
}

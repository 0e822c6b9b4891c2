package org.yiqi.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.PasswordRules;
import org.yiqi.organisation.domain.RoleRules;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/** Brings colleagues in by a link that works once and for three days. Only a hash of it is stored. */
@Stateless
@Secured
public class Invitations {

    public static final Duration LIFE = Duration.ofDays(3);

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @RolesAllowed(Roles.ORG_ADMIN)
    public List<InvitationView> list() {
        return sql.list(
                "select * from organisation.invitation where org_id = ? order by created_at desc limit 200",
                rs -> read(rs, null),
                caller.orgId());
    }

    @RolesAllowed(Roles.ORG_ADMIN)
    public InvitationView invite(String email, String department, List<String> roles) {
        List<String> distinct = roles.stream().distinct().toList();
        RoleRules.check(People.kind(sql, caller), distinct);
        UUID id = Ids.next();
        String token = Logins.newToken();
        Instant now = clock.instant();
        sql.update(
                """
                insert into organisation.invitation(id, org_id, token_hash, email, department, roles, invited_by, created_at, expires_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                caller.orgId(),
                Logins.hash(token),
                email,
                department,
                distinct,
                caller.personId(),
                now,
                now.plus(LIFE));
        audit.write("organisation.colleague-invited", id.toString(), Map.of("roles", distinct));
        return sql.first("select * from organisation.invitation where id = ?", rs -> read(rs, token), id)
                .orElseThrow();
    }

    @RolesAllowed(Roles.ORG_ADMIN)
    public void withdraw(UUID id) {
        int rows = sql.update(
                "update organisation.invitation set withdrawn_at = ? where id = ? and org_id = ? and used_at is null and withdrawn_at is null",
                clock.instant(),
                id,
                caller.orgId());
        if (rows == 0) {
            throw new NotFound("organisation.invitation-not-found", "No such open invitation");
        }
        audit.write("organisation.invitation-withdrawn", id.toString(), Map.of());
    }

    /** What the link's page greets with; empty when the link is unknown, used, withdrawn or over. */
    @PermitAll
    public Optional<OpenInvitation> open(String token) {
        asInvited();
        return sql.first(
                """
                select o.name_zh, o.name_en, i.email from organisation.invitation i join organisation.organisation o on o.id = i.org_id
                 where i.token_hash = ? and i.used_at is null and i.withdrawn_at is null and i.expires_at > ?""",
                rs -> new OpenInvitation(rs.getString(1), rs.getString(2), rs.getString(3)),
                Logins.hash(token),
                clock.instant());
    }

    /**
     * Uses the link. Of two who use it at once one wins.
     *
     * @throws NotFound {@code organisation.invitation-not-found} for a link that does not work (any more)
     * @throws Conflict {@code organisation.username-taken}
     */
    @PermitAll
    public void accept(String token, String username, String password, String name, String language) {
        asInvited();
        Instant now = clock.instant();
        String login = username.strip().toLowerCase(Locale.ROOT);
        PasswordRules.check(password, login);
        Used used = use(token, now);
        UUID person = Registration.addPerson(sql, login, password, name, language, now);
        Registration.addMembership(sql, person, used.orgId, used.department, used.roles, now);
        audit.write(
                "organisation.invitation-accepted",
                used.id.toString(),
                Map.of("organisation", used.orgId.toString(), "person", person.toString()));
    }

    /**
     * Uses the link with the account that the caller has already: the same login, one more organisation with roles of its own.
     *
     * @throws NotFound {@code organisation.invitation-not-found}
     * @throws Conflict {@code organisation.member-already}
     */
    @RolesAllowed("**")
    public void join(String token) {
        UUID person = caller.personId();
        asInvited();
        Instant now = clock.instant();
        Used used = use(token, now);
        int rows = sql.update("""
                insert into organisation.membership as m (person_id, org_id, department, roles, since) values (?,?,?,?,?)
                on conflict (person_id, org_id) do update set department = excluded.department, roles = excluded.roles,
                  ended_at = null, version = m.version + 1 where m.ended_at is not null""", person, used.orgId, used.department, used.roles, now);
        if (rows == 0) {
            throw new Conflict("organisation.member-already", "You belong to this organisation already");
        }
        audit.write(
                "organisation.invitation-accepted",
                used.id.toString(),
                Map.of("organisation", used.orgId.toString(), "person", person.toString()));
    }

    private Used use(String token, Instant now) {
        return sql.first(
                        """
                        update organisation.invitation set used_at = ?
                         where token_hash = ? and used_at is null and withdrawn_at is null and expires_at > ?
                         returning id, org_id, department, roles""",
                        rs -> new Used(
                                rs.getObject("id", UUID.class),
                                rs.getObject("org_id", UUID.class),
                                rs.getString("department"),
                                Sql.texts(rs, "roles")),
                        now,
                        Logins.hash(token),
                        now)
                .orElseThrow(
                        () -> new NotFound("organisation.invitation-not-found", "This link does not work any more"));
    }

    /** Whoever holds the link is nobody yet; the token in the statement is what narrows it down. */
    private void asInvited() {
        sql.with(c -> {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            return true;
        });
    }

    private InvitationView read(ResultSet rs, @Nullable String token) throws SQLException {
        Instant expires = rs.getTimestamp("expires_at").toInstant();
        Instant used = Sql.instant(rs, "used_at");
        String state = used != null
                ? "USED"
                : Sql.instant(rs, "withdrawn_at") != null
                        ? "WITHDRAWN"
                        : expires.isAfter(clock.instant()) ? "OPEN" : "EXPIRED";
        return new InvitationView(
                rs.getObject("id", UUID.class),
                rs.getString("email"),
                rs.getString("department"),
                Sql.texts(rs, "roles"),
                rs.getTimestamp("created_at").toInstant(),
                expires,
                used,
                state,
                token);
    }

    private record Used(UUID id, UUID orgId, String department, List<String> roles) {}

    /** Who invites. */
    public record OpenInvitation(String nameZh, String nameEn, String email) {

        public String name(String language) {
            return language.startsWith("zh") ? nameZh : nameEn;
        }
    }
}

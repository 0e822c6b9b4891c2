package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.organisation.domain.PasswordHash;
import org.yiqi.organisation.domain.PasswordRules;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What a person does to the own account. */
@Stateless
@Secured
@RolesAllowed("**")
public class Account {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Logins logins;

    public Me me() {
        return sql.first(
                        """
                        select p.id, p.username, p.name, p.email, p.phone, p.language, m.department, o.id org_id, o.name_zh, o.name_en, o.kind
                          from organisation.person p join organisation.membership m on m.person_id = p.id
                          join organisation.organisation o on o.id = m.org_id
                         where p.id = ? and o.id = ?""",
                        rs -> new Me(
                                rs.getObject("id", UUID.class),
                                rs.getString("username"),
                                rs.getString("name"),
                                rs.getString("email"),
                                rs.getString("phone"),
                                rs.getString("language"),
                                rs.getString("department"),
                                rs.getObject("org_id", UUID.class),
                                rs.getString("name_zh"),
                                rs.getString("name_en"),
                                rs.getString("kind"),
                                caller.roles().stream().sorted().toList()),
                        caller.personId(),
                        caller.orgId())
                .orElseThrow(() -> new NotFound("organisation.no-person", "A key is not a person"));
    }

    /** For which organisations the person may act. */
    public List<MembershipView> memberships() {
        return logins.memberships(caller.personId());
    }

    /** Changes the password and ends every token of the person. */
    public void changePassword(String current, String next) {
        Me me = me();
        String stored = sql.first(
                        "select password_hash from organisation.person where id = ?",
                        rs -> rs.getString(1),
                        caller.personId())
                .orElseThrow();
        if (!PasswordHash.matches(current, stored)) {
            throw new RuleViolation("organisation.password-wrong", "The current password does not match")
                    .at("/current", "does not match");
        }
        PasswordRules.check(next, me.username());
        sql.update(
                "update organisation.person set password_hash = ?, password_changed_at = ?, version = version + 1 where id = ?",
                PasswordHash.of(next),
                clock.instant(),
                caller.personId());
        sql.update(
                "update organisation.access_token set revoked_at = ? where person_id = ? and revoked_at is null",
                clock.instant(),
                caller.personId());
        audit.write("organisation.password-changed", caller.personId().toString(), Map.of());
    }

    /** The person who calls and for whom. */
    public record Me(
            UUID id,
            String username,
            String name,
            String email,
            String phone,
            String language,
            String department,
            UUID organisationId,
            String organisationNameZh,
            String organisationNameEn,
            String organisationKind,
            List<String> roles) {

        public String organisation(String tag) {
            return tag.startsWith("zh") ? organisationNameZh : organisationNameEn;
        }
    }
}

package org.yiqi.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.yiqi.organisation.domain.CreditCode;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.organisation.domain.PasswordHash;
import org.yiqi.organisation.domain.PasswordRules;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** The open door: an organisation registers itself with the person who will administer it. */
@Stateless
@Secured
@PermitAll
public class Registration {

    private static final Organisation.Profile EMPTY = new Organisation.Profile("", "", "", "", "", "", "", "");

    @PersistenceContext
    EntityManager em;

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Hospitals, suppliers, service providers, recyclers and carriers start as a draft. A regulator is entered by a
     * regulator only, so that the platform cannot make itself an authority.
     *
     * @return the new organisation's id
     * @throws Conflict {@code organisation.already-registered} or {@code organisation.username-taken}
     */
    public UUID register(RegisterOrganisation command) {
        if (!command.kind().registersItself()
                && !(command.kind() == OrganisationKind.REGULATOR && caller.scope() == Scope.REGULATOR)) {
            throw new NotPermitted("organisation.kind-not-open", "This kind of organisation cannot register itself");
        }
        if ((command.kind() == OrganisationKind.REGULATOR) != (command.remit() != null)) {
            throw new RuleViolation("organisation.remit", "A regulator, and nobody else, has a remit")
                    .at("/remit", "for regulators only");
        }
        String creditCode = command.creditCode().strip().toUpperCase(Locale.ROOT);
        if (!CreditCode.isValid(creditCode)) {
            throw new RuleViolation("organisation.credit-code", "The check character does not fit")
                    .at("/creditCode", "GB 32100");
        }
        String username = command.username().strip().toLowerCase(Locale.ROOT);
        PasswordRules.check(command.password(), username);
        if (sql.exists("select 1 from organisation.organisation where credit_code = ?", creditCode)) {
            throw new Conflict("organisation.already-registered", "An organisation with this code is registered");
        }
        Instant now = clock.instant();
        UUID orgId = Ids.next();
        em.persist(Organisation.register(
                orgId,
                command.kind(),
                creditCode,
                command.remit(),
                command.profile().over(EMPTY),
                now));
        em.flush();
        UUID person = addPerson(sql, username, command.password(), command.personName(), command.language(), now);
        addMembership(sql, person, orgId, "", List.of(Roles.ORG_ADMIN), now);
        audit.write(
                "organisation.registered",
                orgId.toString(),
                Map.of("kind", command.kind().name(), "firstPerson", person.toString()));
        return orgId;
    }

    /** @throws Conflict by the constraint {@code person_username} when the name is taken */
    static UUID addPerson(Sql sql, String username, String password, String name, String language, Instant now) {
        UUID id = Ids.next();
        sql.update(
                "insert into organisation.person(id, username, name, password_hash, language, created_at) values (?,?,?,?,?,?)",
                id,
                username,
                name,
                PasswordHash.of(password),
                language,
                now);
        return id;
    }

    static void addMembership(Sql sql, UUID person, UUID org, String department, List<String> roles, Instant now) {
        sql.update(
                "insert into organisation.membership(person_id, org_id, department, roles, since) values (?,?,?,?,?)",
                person,
                org,
                department,
                roles,
                now);
    }
}

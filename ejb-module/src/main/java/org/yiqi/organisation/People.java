package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.organisation.domain.RoleRules;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The people of the caller's organisation, and what each may do in it. */
@Stateless
@Secured
public class People {

    private static final Listing<PersonView> LISTING = Listing.of(
                    """
                    p.id, m.version, p.username, p.name, p.email, p.phone, m.department, m.roles,
                    (p.active and m.ended_at is null) active, m.since, m.ended_at, (p.totp_secret is not null) second_factor""",
                    "organisation.membership m join organisation.person p on p.id = m.person_id",
                    "p.id",
                    PersonView::read)
            .sort("name", "p.name", "text")
            .sort("username", "p.username", "text")
            .sort("department", "m.department", "text")
            .sort("since", "m.since", "timestamptz")
            .filter("id", "p.id", "uuid")
            .filterWhere("role", "m.roles && ?::text[]", "text")
            .filter("active", "(p.active and m.ended_at is null)", "boolean")
            .filter("organisation", "m.org_id", "uuid")
            .search("(p.name || ' ' || p.username || ' ' || m.department) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @RolesAllowed("**")
    public Page<PersonView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, own(query)));
    }

    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<PersonView> rows) {
        sql.with(c -> {
            LISTING.forEach(c, own(query), rows);
            return true;
        });
    }

    /** The names of people as far as the caller may know them, for those who read who did what. */
    @RolesAllowed({Roles.AUDITOR, Roles.REGULATOR})
    public Map<UUID, String> names(Collection<UUID> ids) {
        Map<UUID, String> names = new HashMap<>();
        sql.list(
                        "select id, name from organisation.person where id = any(cast(? as uuid[]))",
                        rs -> Map.entry(rs.getObject("id", UUID.class), rs.getString("name")),
                        ids.stream().map(UUID::toString).toList())
                .forEach(person -> names.put(person.getKey(), person.getValue()));
        return names;
    }

    /** @throws NotFound {@code organisation.person-not-found} also for people of other organisations */
    @RolesAllowed("**")
    public PersonView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("organisation.person-not-found", "No such person"));
    }

    /** The roles that the caller's organisation can give. */
    @RolesAllowed("**")
    public List<String> assignableRoles() {
        return RoleRules.of(kind(sql, caller));
    }

    /**
     * Gives a person exactly these roles.
     *
     * @throws NotPermitted {@code organisation.own-rights}: nobody changes the own
     * @throws Conflict {@code organisation.last-admin}
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public PersonView changeRoles(UUID id, List<String> roles, String department, long seen) {
        PersonView before = get(id);
        if (id.equals(caller.personId())) {
            throw new NotPermitted("organisation.own-rights", "Nobody changes the own rights");
        }
        List<String> distinct = roles.stream().distinct().toList();
        RoleRules.check(kind(sql, caller), distinct);
        StaleVersion.check(seen, before.version());
        if (!distinct.contains(Roles.ORG_ADMIN)) {
            requireAnotherAdmin(id);
        }
        change(seen, "roles = ?, department = ?", distinct, department, id);
        audit.write(
                "organisation.roles-changed",
                id.toString(),
                Map.of("before", before.roles(), "after", distinct, "department", department));
        return get(id);
    }

    /** Ends a person's membership; their sessions and tokens stop at the next request. */
    @RolesAllowed(Roles.ORG_ADMIN)
    public PersonView deactivate(UUID id, long seen) {
        PersonView before = get(id);
        if (id.equals(caller.personId())) {
            throw new NotPermitted("organisation.own-rights", "Nobody removes themselves");
        }
        StaleVersion.check(seen, before.version());
        requireAnotherAdmin(id);
        change(seen, "ended_at = ?", clock.instant(), id);
        audit.write("organisation.person-deactivated", id.toString(), Map.of());
        return get(id);
    }

    @RolesAllowed(Roles.ORG_ADMIN)
    public PersonView reactivate(UUID id, long seen) {
        PersonView before = get(id);
        StaleVersion.check(seen, before.version());
        change(seen, "ended_at = null", id);
        audit.write("organisation.person-reactivated", id.toString(), Map.of());
        return get(id);
    }

    private void change(long seen, String set, Object... values) {
        Object[] all = new Object[values.length + 2];
        System.arraycopy(values, 0, all, 0, values.length);
        all[values.length] = caller.orgId();
        all[values.length + 1] = seen;
        StaleVersion.checkChanged(sql.update(
                "update organisation.membership set " + set
                        + ", version = version + 1 where person_id = ? and org_id = ? and version = ?",
                all));
    }

    /** Locks the admins' rows, so that two of them cannot remove each other at once. */
    private void requireAnotherAdmin(UUID id) {
        List<UUID> admins = sql.list("""
                select m.person_id from organisation.membership m
                 where m.org_id = ? and m.ended_at is null and 'ORG_ADMIN' = any(m.roles) for update""", rs -> rs.getObject(1, UUID.class), caller.orgId());
        if (admins.contains(id) && admins.size() == 1) {
            throw new Conflict("organisation.last-admin", "An organisation keeps one administrator");
        }
    }

    private ListQuery own(ListQuery query) {
        return query.where("organisation", caller.orgId().toString());
    }

    static OrganisationKind kind(Sql sql, Caller caller) {
        return sql.first(
                        "select kind from organisation.organisation where id = ?",
                        rs -> OrganisationKind.valueOf(rs.getString(1)),
                        caller.orgId())
                .orElseThrow();
    }
}

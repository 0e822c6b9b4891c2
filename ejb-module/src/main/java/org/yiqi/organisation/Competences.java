package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Who of the organisation may operate which category of equipment. */
@Stateless
@Secured
public class Competences {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final Listing<CompetenceView> LISTING = Listing.of(
                    "c.*, p.name person_name",
                    "(select * from organisation.competence where revoked_at is null) c join organisation.person p on p.id = c.person_id",
                    "c.id",
                    rs -> new CompetenceView(
                            rs.getObject("id", UUID.class),
                            rs.getLong("version"),
                            rs.getObject("person_id", UUID.class),
                            rs.getString("person_name"),
                            rs.getString("category"),
                            rs.getString("certificate"),
                            rs.getDate("valid_from").toLocalDate(),
                            rs.getDate("valid_to").toLocalDate()))
            .sort("validTo", "c.valid_to", "date")
            .sort("person", "p.name", "text")
            .sort("category", "c.category", "text")
            .filter("id", "c.id", "uuid")
            .filter("person", "c.person_id", "uuid")
            .filter("category", "c.category", "text")
            .filter("organisation", "c.org_id", "uuid")
            .search("(p.name || ' ' || c.category || ' ' || c.certificate) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @RolesAllowed("**")
    public Page<CompetenceView> list(ListQuery query) {
        return sql.with(
                c -> LISTING.page(c, query.where("organisation", caller.orgId().toString())));
    }

    /** Whether anyone of any organisation is proved able to operate the category on the day; who it is stays its matter. */
    @RolesAllowed("**")
    public boolean isCovered(UUID orgId, String category, LocalDate day) {
        return sql.exists("select 1 where organisation.has_operator(?, ?, ?)", orgId, category, day);
    }

    /** The certificates by which an organisation could operate the category on the day; whose they are is not told. */
    @RolesAllowed("**")
    public List<String> certificates(UUID orgId, String category, LocalDate day) {
        return sql.list(
                """
                select certificate, valid_from, valid_to from organisation.competence
                where org_id = ? and category = ? and valid_from <= ? and valid_to >= ? and (revoked_at is null or revoked_at > ?)
                order by valid_from, id""",
                rs -> rs.getString(1) + " " + rs.getDate(2) + "/" + rs.getDate(3),
                orgId,
                category,
                day,
                day,
                day.atStartOfDay(ZONE).toInstant());
    }

    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT})
    public CompetenceView add(
            UUID personId, String category, String certificate, LocalDate validFrom, LocalDate validTo) {
        if (validTo.isBefore(validFrom)) {
            throw new RuleViolation("organisation.competence-period", "It ends before it starts")
                    .at("/validTo", "not before validFrom");
        }
        if (!sql.exists(
                "select 1 from organisation.membership where person_id = ? and org_id = ? and ended_at is null",
                personId,
                caller.orgId())) {
            throw new RuleViolation("organisation.person-not-found", "Not a person of this organisation")
                    .at("/personId", "a person of the organisation");
        }
        UUID id = Ids.next();
        sql.update(
                """
                insert into organisation.competence(id, org_id, person_id, category, certificate, valid_from, valid_to, added_by, added_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                caller.orgId(),
                personId,
                category,
                certificate,
                validFrom,
                validTo,
                caller.personId(),
                clock.instant());
        audit.write(
                "organisation.competence-added",
                id.toString(),
                Map.of("person", personId.toString(), "category", category));
        return get(id);
    }

    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT})
    public void revoke(UUID id) {
        get(id);
        sql.update(
                "update organisation.competence set revoked_at = ?, version = version + 1 where id = ? and org_id = ?",
                clock.instant(),
                id,
                caller.orgId());
        audit.write("organisation.competence-revoked", id.toString(), Map.of());
    }

    private CompetenceView get(UUID id) {
        return list(ListQuery.all().where("id", id.toString())).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("organisation.competence-not-found", "No such competence"));
    }
}

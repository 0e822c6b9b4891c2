package org.yiqi.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The directory of organisations, known to everyone who is signed in; each keeps its own entry. */
@Stateless
@Secured
public class Organisations {

    private static final Listing<OrganisationView> LISTING = Listing.of(
                    "o.*", "organisation.organisation o", "o.id", OrganisationView::read)
            .sort("nameZh", "o.name_zh", "text")
            .sort("nameEn", "o.name_en", "text")
            .sort("kind", "o.kind", "text")
            .sort("region", "o.region_code", "text")
            .sort("status", "o.status", "text")
            .sort("createdAt", "o.created_at", "timestamptz")
            .filter("id", "o.id", "uuid")
            .filter("kind", "o.kind", "text")
            .filter("status", "o.status", "text")
            .filter("region", "o.region_code", "text")
            .filter("creditCode", "o.credit_code", "text")
            .search("(o.name_zh || ' ' || o.name_en || ' ' || o.credit_code) ilike '%' || ? || '%'");

    /** How many digits of a region's code name its city. */
    private static final int CITY = 4;

    @Inject
    Sql sql;

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    @RolesAllowed("**")
    public Page<OrganisationView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Everything that matches, in order, for an export. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<OrganisationView> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code organisation.not-found} */
    @RolesAllowed("**")
    public OrganisationView get(UUID id) {
        List<OrganisationView> found =
                list(ListQuery.all().where("id", id.toString())).items();
        if (found.isEmpty()) {
            throw new NotFound("organisation.not-found", "No such organisation");
        }
        return found.get(0);
    }

    /** What an organisation is called, for anybody: public notices name it. Empty where there is no such organisation. */
    @PermitAll
    public Optional<PublicName> nameOf(UUID id) {
        return sql.first(
                "select name_zh, name_en from organisation.organisation where id = ?",
                rs -> new PublicName(rs.getString(1), rs.getString(2)),
                id);
    }

    /** An organisation's name in both languages. */
    public record PublicName(String zh, String en) {
        public String in(String language) {
            return language.startsWith("zh") ? zh : en;
        }
    }

    /** Where an organisation stands; for one that never said so, the middle of its region. Empty when nobody there is known. */
    @RolesAllowed("**")
    public Optional<Location> locationOf(UUID id) {
        return sql.first(
                        "select latitude, longitude from organisation.organisation where id = ? and latitude is not null"
                                + " and longitude is not null",
                        Organisations::location,
                        id)
                .or(() -> middleOf(get(id).regionCode()));
    }

    /**
     * The middle of the organisations in a region, or in its city where none of the region is known. A province is too wide to
     * have a middle that says anything.
     *
     * @param region a code of GB/T 2260; zeros at its end stand for all of a city or province
     */
    @RolesAllowed("**")
    public Optional<Location> middleOf(String region) {
        String prefix = region.strip().replaceAll("(00)+$", "");
        while (prefix.length() >= CITY) {
            Optional<Location> middle = sql.first("""
                    select avg(latitude) as latitude, avg(longitude) as longitude from organisation.organisation
                     where latitude is not null and longitude is not null and starts_with(region_code, ?) having count(*) > 0""", Organisations::location, prefix);
            if (middle.isPresent()) {
                return middle;
            }
            prefix = prefix.substring(0, prefix.length() - 2);
        }
        return Optional.empty();
    }

    private static Location location(ResultSet rs) throws SQLException {
        return new Location(rs.getDouble("latitude"), rs.getDouble("longitude"));
    }

    /** @param seen the version that the caller changes */
    @RolesAllowed(Roles.ORG_ADMIN)
    public OrganisationView changeProfile(UUID id, OrganisationProfile profile, long seen) {
        get(id);
        if (!id.equals(caller.orgId())) {
            throw new NotPermitted("organisation.not-yours", "Only its own people change an organisation");
        }
        Organisation organisation = em.find(Organisation.class, id);
        StaleVersion.check(seen, organisation.version());
        organisation.change(profile.over(organisation.profile()));
        em.flush();
        audit.write("organisation.profile-changed", id.toString(), Map.of("version", organisation.version()));
        return get(id);
    }
}

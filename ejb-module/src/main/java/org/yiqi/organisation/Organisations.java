package org.yiqi.organisation;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/** The directory of organisations, known to everyone who is signed in. */
@Stateless
@Secured
public class Organisations {

    private static final Listing<OrganisationView> LISTING = Listing.of(
                    "o.*",
                    "organisation.organisation o",
                    "o.id",
                    rs -> new OrganisationView(
                            rs.getObject("id", UUID.class),
                            rs.getLong("version"),
                            rs.getString("kind"),
                            rs.getString("name_zh"),
                            rs.getString("name_en"),
                            rs.getString("credit_code"),
                            rs.getString("region_code"),
                            rs.getString("address"),
                            rs.getString("level"),
                            rs.getString("status"),
                            rs.getTimestamp("created_at").toInstant()))
            .sort("nameZh", "o.name_zh", "text")
            .sort("nameEn", "o.name_en", "text")
            .sort("createdAt", "o.created_at", "timestamptz")
            .filter("id", "o.id", "uuid")
            .filter("kind", "o.kind", "text")
            .filter("status", "o.status", "text")
            .filter("region", "o.region_code", "text")
            .search("(o.name_zh || ' ' || o.name_en || ' ' || o.credit_code) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @RolesAllowed("**")
    public Page<OrganisationView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
}

package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.rental.domain.Tariff;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Price lists and what something costs under them. */
@Stateless
@Secured
public class Tariffs {

    private static final Listing<UUID> LISTING = Listing.of(
                    "t.id", "rental.tariff t", "t.id", rs -> rs.getObject("id", UUID.class))
            .sort("createdAt", "t.created_at", "timestamptz")
            .sort("name", "t.name", "text")
            .defaultSort("-createdAt")
            .filter("owner", "t.owner_org", "uuid")
            .filter("name", "t.name", "text")
            .search("t.name ilike '%' || ? || '%'");

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Adds a price list, or the next revision of the one with this name. Earlier revisions stay as they are. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.FINANCE})
    public TariffView add(String name, TariffTerms terms) {
        String title = name.strip();
        if (title.isEmpty() || title.length() > 120) {
            throw new RuleViolation("rental.tariff-invalid", "A price list has a name")
                    .at("/name", "1 to 120 characters");
        }
        int revision = em.createQuery(
                                "select coalesce(max(t.revision), 0) from Tariff t where t.ownerOrg = :org and t.name = :name",
                                Integer.class)
                        .setParameter("org", caller.orgId())
                        .setParameter("name", title)
                        .getSingleResult()
                + 1;
        Tariff tariff = new Tariff(Ids.next(), caller.orgId(), title, revision, terms, clock.instant());
        em.persist(tariff);
        audit.write("rental.tariff-added", tariff.id().toString(), Map.of("name", title, "revision", revision));
        return view(tariff);
    }

    /** @throws NotFound {@code rental.tariff-not-found} */
    @RolesAllowed("**")
    public TariffView get(UUID id) {
        Tariff tariff = em.find(Tariff.class, id);
        if (tariff == null) {
            throw new NotFound("rental.tariff-not-found", "No such price list");
        }
        return view(tariff);
    }

    @RolesAllowed("**")
    public Page<TariffView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            Page<UUID> ids = LISTING.page(c, query);
            return new Page<>(ids.items().stream().map(this::get).toList(), ids.next(), ids.total());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a stored price list asks for so much time and so many uses; {@code transport} is added as it is. */
    @RolesAllowed("**")
    public Quote quote(UUID tariffId, Duration time, int uses, Money transport) {
        return Pricing.quote(get(tariffId).terms(), time, uses, transport);
    }

    /** The same for a price list that nobody stored: for trying one out. */
    @RolesAllowed("**")
    public Quote quote(TariffTerms terms, Duration time, int uses) {
        return Pricing.quote(terms, time, uses, Money.zero(terms.currency()));
    }

    static TariffView view(Tariff t) {
        return new TariffView(t.id(), t.ownerOrg(), t.name(), t.revision(), t.createdAt(), t.terms());
    }
}

package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.organisation.Qualification;
import org.yiqi.rental.domain.FreeSlots;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.OfferedUnit;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Offers of idle equipment. */
@Stateless
@Secured
public class Offers {

    private static final int ALTERNATIVES = 3;

    private static final Listing<OfferRow> LISTING = Listing.of(
                    "o.*, w.from_at, w.to_at",
                    "rental.offer o join lateral (select min(v.from_at) as from_at, max(v.to_at) as to_at"
                            + " from rental.offer_window v where v.offer_id = o.id having count(*) > 0) w on true",
                    "o.id",
                    Offers::row)
            .sort("createdAt", "o.created_at", "timestamptz")
            .sort("unit", "o.unit_zh", "text")
            .sort("from", "w.from_at", "timestamptz")
            .sort("to", "w.to_at", "timestamptz")
            .sort("state", "o.state", "text")
            .defaultSort("-createdAt")
            .filter("state", "o.state", "text")
            .filter("category", "o.category", "text")
            .filter("owner", "o.owner_org", "uuid")
            .filter("unit", "o.unit_id", "uuid")
            .search("(o.unit_zh || ' ' || o.unit_en || ' ' || o.capability || ' ' || o.owner_zh || ' ' || o.owner_en)"
                    + " ilike '%' || ? || '%'")
            // An offer has at least one window.
            .countFrom("rental.offer o");

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

    @Inject
    Units units;

    @Inject
    Calendar calendar;

    @Inject
    Organisations organisations;

    @Inject
    Qualification qualification;

    @Inject
    Tariffs tariffs;

    /**
     * Offers a unit that the caller's organisation owns. It is a draft until it is {@link #publish published}.
     *
     * @throws NotPermitted {@code rental.owner-only}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public OfferView make(MakeOffer command) {
        UnitView unit = units.get(command.unitId());
        if (!unit.ownerId().equals(caller.orgId())) {
            throw new NotPermitted("rental.owner-only", "Only the owner offers a unit");
        }
        tariffs.get(command.tariffId());
        OrganisationView owner = organisations.get(caller.orgId());
        OfferedUnit offered = new OfferedUnit(
                unit.id(),
                unit.model().name("zh"),
                unit.model().name("en"),
                unit.model().category(),
                String.join(" · ", unit.model().parameters().values()),
                new OfferedUnit.Owner(
                        owner.id(),
                        owner.nameZh(),
                        owner.nameEn(),
                        unit.regionCode().isBlank() ? owner.regionCode() : unit.regionCode(),
                        unit.latitude(),
                        unit.longitude()));
        Offer offer = new Offer(Ids.next(), offered, command.tariffId(), command.terms(), clock.instant());
        em.persist(offer);
        em.flush();
        audit.write(
                "rental.offer-made",
                offer.id().toString(),
                Map.of("unit", unit.id().toString()));
        return view(offer);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public OfferView change(UUID id, long seenVersion, UUID tariffId, OfferTerms terms) {
        Offer offer = own(id);
        StaleVersion.check(seenVersion, offer.version());
        tariffs.get(tariffId);
        offer.change(tariffId, terms);
        em.flush();
        audit.write("rental.offer-changed", id.toString(), Map.of());
        return view(offer);
    }

    /** Lets others find it. A new act: the owner must be qualified today. */
    @RolesAllowed(Roles.EQUIPMENT)
    public OfferView publish(UUID id) {
        Offer offer = own(id);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        offer.publish(clock.instant());
        return moved(offer);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public OfferView pause(UUID id) {
        Offer offer = own(id);
        offer.pause();
        return moved(offer);
    }

    @RolesAllowed(Roles.EQUIPMENT)
    public OfferView withdraw(UUID id) {
        Offer offer = own(id);
        offer.withdraw();
        return moved(offer);
    }

    /** @throws NotFound {@code rental.offer-not-found} */
    @RolesAllowed("**")
    public OfferView get(UUID id) {
        return view(find(em, id));
    }

    @RolesAllowed("**")
    public Page<OfferRow> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<OfferRow> consumer) {
        try (Connection c = dataSource.getConnection()) {
            LISTING.forEach(c, query, consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time that is left within a period: the offer's windows and hours, less what the calendar holds and the buffers. */
    @RolesAllowed("**")
    public List<Period> free(UUID id, Period within) {
        return free(find(em, id)).stream()
                .filter(within::overlaps)
                .map(p -> new Period(
                        p.from().isBefore(within.from()) ? within.from() : p.from(),
                        p.to().isAfter(within.to()) ? within.to() : p.to()))
                .toList();
    }

    /** Whether the calendar has room for a rental with its buffers. */
    @RolesAllowed("**")
    public boolean hasRoom(UUID id, Period period) {
        Offer offer = find(em, id);
        return calendar.isFree(offer.unit().unitId(), offer.reserved(period));
    }

    /** Three ways out for someone who came too late: other times of this unit, then equal units at the wanted time. */
    @RolesAllowed("**")
    public List<Alternative> alternatives(UUID id, Period wanted) {
        Offer offer = find(em, id);
        List<Alternative> found = new ArrayList<>();
        for (Period p : FreeSlots.near(free(offer), wanted, ALTERNATIVES)) {
            found.add(alternative(offer, p));
        }
        for (Offer other : found.size() < ALTERNATIVES ? equal(offer) : List.<Offer>of()) {
            boolean open = free(other).stream()
                    .anyMatch(p ->
                            !wanted.from().isBefore(p.from()) && !wanted.to().isAfter(p.to()));
            if (open && found.size() < ALTERNATIVES) {
                found.add(alternative(other, wanted));
            }
        }
        return found;
    }

    private List<Offer> equal(Offer offer) {
        return em.createQuery(
                        "select o from Offer o where o.state = org.yiqi.rental.OfferState.PUBLISHED"
                                + " and o.unit.category = :category and o.id <> :id order by o.createdAt",
                        Offer.class)
                .setParameter("category", offer.unit().category())
                .setParameter("id", offer.id())
                .setMaxResults(20)
                .getResultList();
    }

    private static Alternative alternative(Offer offer, Period period) {
        return new Alternative(
                offer.id(),
                offer.unit().unitId(),
                offer.unit().nameZh(),
                offer.unit().nameEn(),
                period);
    }

    private List<Period> free(Offer offer) {
        OfferTerms terms = offer.terms(tariffs.get(offer.tariffId()).terms().currency());
        Period whole = new Period(
                terms.windows().get(0).from(),
                terms.windows().get(terms.windows().size() - 1).to());
        return offer.free(calendar.busy(offer.unit().unitId(), offer.reserved(whole)), offer.earliest(clock.instant()));
    }

    static Offer find(EntityManager em, UUID id) {
        Offer offer = em.find(Offer.class, id);
        if (offer == null) {
            throw new NotFound("rental.offer-not-found", "No such offer");
        }
        return offer;
    }

    private Offer own(UUID id) {
        Offer offer = find(em, id);
        if (!offer.unit().ownerOrg().equals(caller.orgId())) {
            throw new NotPermitted("rental.owner-only", "Only the owner changes an offer");
        }
        return offer;
    }

    private OfferView moved(Offer offer) {
        em.flush();
        audit.write(
                "rental.offer-moved",
                offer.id().toString(),
                Map.of("state", offer.state().name()));
        return view(offer);
    }

    private OfferView view(Offer o) {
        return view(o, tariffs.get(o.tariffId()));
    }

    static OfferView view(Offer o, TariffView tariff) {
        return new OfferView(
                o.id(),
                o.version(),
                o.state(),
                o.unit().unitId(),
                o.unit().nameZh(),
                o.unit().nameEn(),
                o.unit().category(),
                o.unit().capability(),
                o.unit().ownerOrg(),
                o.unit().ownerZh(),
                o.unit().ownerEn(),
                o.unit().regionCode(),
                o.unit().latitude(),
                o.unit().longitude(),
                o.terms(tariff.terms().currency()),
                tariff,
                o.createdAt());
    }

    private static OfferRow row(ResultSet rs) throws SQLException {
        return new OfferRow(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                OfferState.valueOf(rs.getString("state")),
                rs.getObject("unit_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("category"),
                rs.getObject("owner_org", UUID.class),
                rs.getString("owner_zh"),
                rs.getString("owner_en"),
                rs.getObject("tariff_id", UUID.class),
                rs.getTimestamp("from_at").toInstant(),
                rs.getTimestamp("to_at").toInstant(),
                rs.getTimestamp("created_at").toInstant());
    }
}

package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.rental.domain.Rental;
import org.yiqi.rental.domain.Tariff;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.tenancy.Scope;

/** Rentals as PostgreSQL keeps them, with the application's own role and row-level security. */
class RentalStoreIT {

    private static final TestDatabase DB = TestDatabase.get();
    private static EntityManagerFactory factory;

    @BeforeAll
    static void open() {
        factory = Persistence.createEntityManagerFactory(
                "yiqi",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource", DB.as("app"),
                        "jakarta.persistence.jtaDataSource", "",
                        // As in the container: everything on the transaction's one connection, nothing between
                        // transactions.
                        "eclipselink.jdbc.exclusive-connection.mode", "Always",
                        "eclipselink.transaction.join-existing", "true",
                        "eclipselink.cache.shared.default", "false"));
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    @Test
    void aRentalIsReadAsItWasWritten() {
        RentalExamples e = new RentalExamples();
        Rental rental = stored(e);
        UUID act = Ids.next();
        in(e.ownerOrg, Scope.MEMBER, em -> {
            Rental r = Rentals.lock(em, rental.id());
            r.approve(Side.OWNER, e.owner(), RentalExamples.NOW);
            r.approve(Side.PLATFORM, e.platform(), RentalExamples.NOW);
            r.dispatch(e.owner(), "Anjie", "S-17", act, RentalExamples.NOW);
            r.signed(act, RentalExamples.NOW);
            return r;
        });
        RentalView view = in(e.lesseeOrg, Scope.MEMBER, em -> RentalViews.of(Rentals.find(em, rental.id())));
        assertEquals(RentalState.DISPATCHED, view.state());
        assertEquals("S-17", view.journey().seal());
        assertNull(view.journey().returnedAt());
        assertEquals(2, view.review().approvals().size());
        assertEquals(
                List.of(new RentalView.Signing(act, HandoverKind.OFFERED, RentalExamples.NOW, true)), view.signings());
        assertEquals(Money.cny("68160"), view.quoted());
        assertEquals(RentalExamples.WEEK, view.period());
        assertEquals("offered", view.history().get(view.history().size() - 1).verb());
        assertNull(view.history().get(view.history().size() - 1).orgId());
    }

    @Test
    void onlyThePartiesThePlatformAndRegulatorsSeeARental() {
        RentalExamples e = new RentalExamples();
        UUID id = stored(e).id();
        assertNotNull(in(e.ownerOrg, Scope.MEMBER, em -> em.find(Rental.class, id)));
        assertNotNull(in(e.lesseeOrg, Scope.MEMBER, em -> em.find(Rental.class, id)));
        assertNotNull(in(e.platformOrg, Scope.PLATFORM, em -> em.find(Rental.class, id)));
        assertNotNull(in(Ids.next(), Scope.REGULATOR, em -> em.find(Rental.class, id)));
        assertNull(in(Ids.next(), Scope.MEMBER, em -> em.find(Rental.class, id)));
        assertNull(in(Ids.next(), Scope.ANONYMOUS, em -> em.find(Rental.class, id)));
    }

    @Test
    void othersFindAPublishedOfferButNotADraftNorAPriceListOfNone() {
        RentalExamples e = new RentalExamples();
        UUID stranger = Ids.next();
        Tariff tariff = in(e.ownerOrg, Scope.MEMBER, em -> persisted(em, tariff(e)));
        assertNull(in(stranger, Scope.MEMBER, em -> em.find(Tariff.class, tariff.id())));
        Offer offer = in(e.ownerOrg, Scope.MEMBER, em -> persisted(em, e.offer(tariff.id())));
        assertNotNull(in(stranger, Scope.MEMBER, em -> em.find(Offer.class, offer.id())));
        assertEquals(tariff.terms(), in(stranger, Scope.MEMBER, em -> em.find(Tariff.class, tariff.id())
                .terms()));
        in(e.ownerOrg, Scope.MEMBER, em -> {
            em.find(Offer.class, offer.id()).pause();
            return true;
        });
        assertNull(in(stranger, Scope.MEMBER, em -> em.find(Offer.class, offer.id())));
    }

    @Test
    void aStoredPriceListPricesAsTheOneThatWasWritten() {
        RentalExamples e = new RentalExamples();
        Tariff tariff = in(e.ownerOrg, Scope.MEMBER, em -> persisted(em, tariff(e)));
        TariffTerms read = in(e.ownerOrg, Scope.MEMBER, em -> em.find(Tariff.class, tariff.id())
                .terms());
        Money none = Money.zero("CNY");
        assertEquals(
                Pricing.quote(tariff.terms(), Duration.ofDays(8), 212, none),
                Pricing.quote(read, Duration.ofDays(8), 212, none));
    }

    @Test
    void aUnitHasOneOpenOffer() {
        RentalExamples e = new RentalExamples();
        Tariff tariff = in(e.ownerOrg, Scope.MEMBER, em -> persisted(em, tariff(e)));
        Offer offer = in(e.ownerOrg, Scope.MEMBER, em -> persisted(em, e.offer(tariff.id())));
        assertThrows(
                RuntimeException.class,
                () -> in(
                        e.ownerOrg,
                        Scope.MEMBER,
                        em -> persisted(
                                em,
                                new Offer(
                                        Ids.next(),
                                        offer.unit(),
                                        tariff.id(),
                                        offer.terms("CNY"),
                                        RentalExamples.NOW))));
    }

    @Test
    void whatHappenedCannotBeRewritten() throws Exception {
        RentalExamples e = new RentalExamples();
        UUID id = stored(e).id();
        for (String table : List.of("step", "approval", "condition_report", "tariff")) {
            Boolean mayChange = DB.inScope(Scope.PLATFORM, c -> {
                try (var s = c.prepareStatement("select has_table_privilege('yiqi_app', ?, 'update')")) {
                    s.setString(1, "rental." + table);
                    var rs = s.executeQuery();
                    rs.next();
                    return rs.getBoolean(1);
                }
            });
            assertFalse(mayChange, table + " of " + id);
        }
    }

    private static Tariff tariff(RentalExamples e) {
        TariffTerms terms = new TariffTerms(
                "CNY",
                Money.cny("30000"),
                List.of(
                        new PricePackage(1, TimeUnit.DAY, Money.cny("100")),
                        new PricePackage(7, TimeUnit.DAY, Money.cny("500"))),
                List.of(new UseTier(1, Money.cny("180")), new UseTier(501, Money.cny("150"))),
                Money.cny("50000"));
        return new Tariff(Ids.next(), e.ownerOrg, "Standard", 1, terms, RentalExamples.NOW);
    }

    private static Rental stored(RentalExamples e) {
        Offer offer = in(e.ownerOrg, Scope.MEMBER, em -> {
            Tariff tariff = persisted(em, tariff(e));
            return persisted(em, e.offer(tariff.id()));
        });
        return in(e.lesseeOrg, Scope.MEMBER, em -> {
            Rental rental = e.draft(offer);
            rental.submit(e.applicant(), RentalExamples.NOW);
            return persisted(em, rental);
        });
    }

    private static <T> T persisted(EntityManager em, T entity) {
        em.persist(entity);
        em.flush();
        return entity;
    }

    private static <R> R in(UUID org, Scope scope, Function<EntityManager, R> work) {
        EntityManager em = factory.createEntityManager();
        try {
            em.getTransaction().begin();
            em.createNativeQuery("select set_config('yiqi.org', ?1, true), set_config('yiqi.scope', ?2, true)")
                    .setParameter(1, org.toString())
                    .setParameter(2, scope == Scope.ANONYMOUS ? "" : scope.name())
                    .getSingleResult();
            R result = work.apply(em);
            em.getTransaction().commit();
            return result;
        } finally {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }
}

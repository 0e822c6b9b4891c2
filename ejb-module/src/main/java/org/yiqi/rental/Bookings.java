package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.organisation.Qualification;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Contract;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.rental.domain.Rental;
import org.yiqi.rental.domain.Review;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Takes the slot and writes the application, both or neither. Callers use {@link Applications}. */
@Stateless
@Secured
public class Bookings {

    static final Duration REVIEW = Duration.ofHours(Review.MARKS.get(Review.MARKS.size() - 1));

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Tariffs tariffs;

    @Inject
    Sites sites;

    @Inject
    Organisations organisations;

    @Inject
    Qualification qualification;

    @Inject
    Calendar calendar;

    /**
     * Keeps the time for a person who has opened the form; they hold one time of an offer at once.
     *
     * @return until when
     * @throws Conflict {@code equipment.slot-taken}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public Instant hold(UUID offerId, Period period) {
        Instant now = clock.instant();
        Offer offer = admitted(offerId, period, now);
        Instant until = now.plus(Rental.HOLD);
        calendar.reserve(
                offer.unit().unitId(),
                offer.reserved(period),
                SlotUse.RENTAL,
                hold(offerId),
                SlotState.HELD,
                until,
                "");
        return until;
    }

    /** Gives back what the caller holds of an offer, if anything. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public void letGo(UUID offerId) {
        UUID hold = hold(offerId);
        if (calendar.of(hold).stream().anyMatch(s -> s.state() == SlotState.HELD)) {
            calendar.release(hold);
        }
    }

    /** Whether the caller holds this time of an offer. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public boolean holds(UUID offerId, Period period) {
        Period wanted = Offers.find(em, offerId).reserved(period);
        Instant now = clock.instant();
        return calendar.of(hold(offerId)).stream()
                .anyMatch(s -> s.state() == SlotState.HELD
                        && s.period().equals(wanted)
                        && s.expiresAt() != null
                        && s.expiresAt().isAfter(now));
    }

    /** @throws Conflict {@code equipment.slot-taken} */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView take(Apply command) {
        Instant now = clock.instant();
        Actor applicant = new Actor(caller.personId(), caller.orgId());
        Offer offer = admitted(command.offerId(), command.period(), now);
        refuseForeignRegion(offer, command.region());
        letGo(offer.id());
        UUID id = Ids.next();
        Rental rental = new Rental(id, number(), contract(offer, command), applicant, now);
        calendar.reserve(
                offer.unit().unitId(),
                offer.reserved(command.period()),
                SlotUse.RENTAL,
                id,
                command.draft() ? SlotState.HELD : SlotState.TENTATIVE,
                now.plus(command.draft() ? Rental.HOLD : REVIEW),
                rental.number());
        if (!command.draft()) {
            rental.submit(applicant, now);
        }
        em.persist(rental);
        em.flush();
        audit.write(
                command.draft() ? "rental.held" : "rental.applied",
                id.toString(),
                Map.of(
                        "unit",
                        offer.unit().unitId().toString(),
                        "offer",
                        offer.id().toString()));
        return RentalViews.of(rental);
    }

    /** @throws Conflict {@code equipment.slot-gone} when the hold ran out and the slot with it */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView submit(UUID rentalId) {
        Instant now = clock.instant();
        Rental rental = Rentals.find(em, rentalId);
        rental.submit(new Actor(caller.personId(), caller.orgId()), now);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        calendar.submit(rentalId, now.plus(REVIEW));
        em.flush();
        audit.write("rental.applied", rentalId.toString(), Map.of());
        return RentalViews.of(rental);
    }

    private Offer admitted(UUID offerId, Period period, Instant now) {
        Offer offer = Offers.find(em, offerId);
        if (offer.unit().ownerOrg().equals(caller.orgId())) {
            throw new RuleViolation("rental.own-unit", "An organisation does not rent its own unit");
        }
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        qualification.requireActive(offer.unit().ownerOrg(), Qualification.NEW_BUSINESS);
        offer.admit(period, now);
        return offer;
    }

    /** The same for the same person and offer: who opens the form again finds their own hold, not somebody else's. */
    private UUID hold(UUID offerId) {
        return UUID.nameUUIDFromBytes(
                ("hold:" + caller.personId() + ":" + offerId).getBytes(StandardCharsets.US_ASCII));
    }

    private Contract contract(Offer offer, Apply command) {
        OrganisationView lessee = organisations.get(caller.orgId());
        TariffTerms terms = tariffs.get(offer.tariffId()).terms();
        Double km = Sites.km(offer, sites.of(command.latitude(), command.longitude(), command.region()));
        Money transport = offer.transportCost(km, terms.currency());
        Quote quote = Pricing.quote(terms, command.period().length(), command.plannedUses(), transport);
        return new Contract(
                offer,
                new Contract.Lessee(lessee.id(), lessee.nameZh(), lessee.nameEn()),
                command.period(),
                new Contract.Use(command.place().strip(), command.purpose().strip(), command.plannedUses()),
                transport,
                quote.total());
    }

    private static void refuseForeignRegion(Offer offer, @Nullable String region) {
        if (region != null && !region.isBlank() && !offer.goesTo(region)) {
            throw new RuleViolation("rental.outside-region", "The owner does not send the unit to this region")
                    .at("/region", "a region of the offer");
        }
    }

    private String number() {
        Object next =
                em.createNativeQuery("select nextval('rental.rental_number')").getSingleResult();
        return String.format("R-%06d", ((Number) next).longValue());
    }
}

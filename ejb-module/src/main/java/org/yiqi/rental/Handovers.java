package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Contract;
import org.yiqi.rental.domain.Rental;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The unit's way to the lessee and back. Each step is an act on the ledger, in the transaction of the step; custody moves
 * with {@link ActCompleted}, when the last signature is there, and at no other place. A unit is reserved once it is sent off,
 * in use while the lessee holds it; until it leaves, the calendar alone keeps the booked time, and the owner's patients go on.
 */
@Stateless
@Secured
public class Handovers {

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Acts acts;

    @Inject
    Custody custody;

    @Inject
    Calendar calendar;

    @Inject
    Availability availability;

    @Inject
    Units units;

    @Inject
    Operators operators;

    @Inject
    LiabilityStore liabilities;

    @Inject
    Event<RentalDelivered> delivered;

    @Inject
    Event<RentalReturned> returned;

    /**
     * The owner sends the unit off; from now on the lessee sees it.
     *
     * @throws org.yiqi.shared.problem.Conflict {@code equipment.wrong-status} when it is not fit to go, or still out
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public RentalView dispatch(UUID id, String carrier, String seal) {
        Instant now = clock.instant();
        Rental rental = Rentals.lock(em, id);
        Contract c = rental.contract();
        rental.mayDispatch(actor());
        availability.reserve(c.unitId(), id);
        UUID act = acts.propose(NewAct.offered(c.unitId(), c.ownerOrg(), c.lesseeOrg(), now, id));
        rental.dispatch(actor(), carrier.strip(), seal.strip(), act, now);
        if (acts.get(act).missing().isEmpty()) {
            rental.signed(act, now);
        }
        units.show(c.unitId(), c.lesseeOrg(), id);
        return done(rental, "rental.dispatched", Map.of("act", act.toString()));
    }

    /**
     * The owner hands over and signs; custody waits for the lessee's signature.
     *
     * @throws org.yiqi.shared.problem.Conflict {@code rental.operator-missing}, {@code equipment.wrong-status} when
     *     something stopped it on the way
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public RentalView deliver(UUID id) {
        Instant now = clock.instant();
        Rental rental = Rentals.lock(em, id);
        Contract c = rental.contract();
        rental.mayDeliver(actor());
        operators.require(id);
        availability.reserve(c.unitId(), id);
        UUID act = acts.propose(NewAct.accepted(c.unitId(), c.ownerOrg(), c.lesseeOrg(), now, id));
        rental.deliver(actor(), act, now);
        return done(rental, "rental.delivery-signed", Map.of("act", act.toString()));
    }

    /** The lessee takes the unit and signs, now or with a key of its own; with both signatures it answers for it. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView confirmDelivery(UUID id) {
        Rental rental = Rentals.lock(em, id);
        UUID act = rental.confirmDelivery(actor());
        operators.require(id);
        acts.signIfManaged(act);
        return done(rental, "rental.delivery-confirmed", Map.of("act", act.toString()));
    }

    /** The lessee gives the unit back, says how often it was used, and signs. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView giveBack(UUID id, int uses) {
        Instant now = clock.instant();
        Rental rental = Rentals.lock(em, id);
        Contract c = rental.contract();
        rental.mayGiveBack(actor());
        UUID act = acts.propose(NewAct.returned(c.unitId(), c.lesseeOrg(), c.ownerOrg(), now, id));
        rental.giveBack(actor(), uses, act, now);
        return done(rental, "rental.return-signed", Map.of("act", act.toString(), "uses", uses));
    }

    /**
     * The owner looks at the unit and signs its return. With damage noted who bears it has to be settled first; inspecting
     * again without damage withdraws the note.
     *
     * @param damage what was found, empty when the unit is sound
     * @throws Conflict {@code rental.liability-open} when the note cannot be withdrawn any more
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public RentalView inspect(UUID id, String damage) {
        Rental rental = Rentals.lock(em, id);
        if (rental.state() == RentalState.LIABILITY_OPEN && damage.isBlank()) {
            if (liabilities.isOpenFor(id)) {
                throw new Conflict("rental.liability-open", "A case about this damage is open: settle it first");
            }
            rental.waiveDamage(actor(), clock.instant());
        } else {
            acts.signIfManaged(rental.inspect(actor(), damage.strip()));
        }
        return done(rental, "rental.inspected", Map.of("damage", !damage.isBlank()));
    }

    /** Everyone whom an act of ours binds has signed it. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        Rental rental = waitingFor(completed.actId(), completed.reference());
        if (rental == null) {
            return;
        }
        Instant now = clock.instant();
        Contract c = rental.contract();
        rental.signed(completed.actId(), now);
        em.flush();
        if (completed.type().equals(HandoverKind.ACCEPTED.actType())) {
            custody.transfer(c.unitId(), c.lesseeOrg(), completed.actId(), now);
            availability.beginUse(c.unitId(), rental.id());
            delivered.fire(new RentalDelivered(rental.id(), c.unitId(), c.lesseeOrg(), now));
        } else if (completed.type().equals(HandoverKind.RETURNED.actType())) {
            custody.transfer(c.unitId(), c.ownerOrg(), completed.actId(), now);
            availability.endUse(c.unitId(), rental.id());
            Duration cleaning = Duration.between(c.period().to(), c.reserved().to());
            calendar.consume(rental.id(), now.plus(cleaning));
            rental.openExtension().ifPresent(e -> calendar.release(e.id()));
            units.hide(rental.id());
            returned.fire(new RentalReturned(rental.id(), c.unitId(), c.ownerOrg(), now));
        }
    }

    private @Nullable Rental waitingFor(UUID actId, @Nullable UUID reference) {
        Rental rental = reference == null ? null : em.find(Rental.class, reference);
        boolean ours = rental != null
                && rental.handovers().stream().anyMatch(h -> h.actId().equals(actId) && h.isOpen());
        return ours ? rental : null;
    }

    private Actor actor() {
        return new Actor(caller.personId(), caller.orgId());
    }

    private RentalView done(Rental rental, String action, Map<String, ?> details) {
        em.flush();
        audit.write(action, rental.id().toString(), details);
        return RentalViews.of(rental);
    }
}

package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;

/**
 * Where an application comes in. Taking the slot is one transaction; whoever lost the race for it is told in another what
 * else there is.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Applications {

    @Inject
    Bookings bookings;

    @Inject
    Offers offers;

    /**
     * Applies for a rental, or holds the slot for a draft.
     *
     * @throws Conflict {@code rental.slot-taken} with up to three {@link Alternative}s
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView apply(Apply command) {
        try {
            return bookings.take(command);
        } catch (Conflict taken) {
            throw orAlternatives(taken, command.offerId(), command.period());
        }
    }

    /** Submits a draft; a hold that ran out is taken again if the slot is still free. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView submit(UUID rentalId) {
        return bookings.submit(rentalId);
    }

    private Conflict orAlternatives(Conflict refusal, UUID offerId, Period wanted) {
        if (!refusal.code().equals("equipment.slot-taken")) {
            return refusal;
        }
        return new Conflict("rental.slot-taken", "Somebody else has the unit at that time", refusal)
                .with("alternatives", offers.alternatives(offerId, wanted));
    }
}

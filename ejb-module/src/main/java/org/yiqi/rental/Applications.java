package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Secured;

/**
 * Where an application comes in. Taking the slot and writing the application is one transaction; whoever lost the race for
 * the slot is told in another what else there is, since the first can do nothing any more.
 */
@Stateless
@Secured
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Applications {

    @Resource
    TransactionSynchronizationRegistry transactions;

    @Inject
    Bookings bookings;

    @Inject
    Offers offers;

    /**
     * Keeps the time for a quarter of an hour while a person fills in the application; a time that they held before of the same
     * offer is given back.
     *
     * @return until when it is kept
     * @throws Conflict {@code rental.slot-taken} with up to three {@link Alternative}s
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public Instant hold(UUID offerId, Period period) {
        bookings.letGo(offerId);
        if (!offers.hasRoom(offerId, period)) {
            throw taken(offers.alternatives(offerId, period), null);
        }
        return whoeverIsFirst(offerId, period, () -> bookings.hold(offerId, period));
    }

    /**
     * Applies for a rental, or holds the slot for a draft.
     *
     * @throws Conflict {@code rental.slot-taken} with up to three {@link Alternative}s
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView apply(Apply command) {
        if (!bookings.holds(command.offerId(), command.period())) {
            // Whoever has moved the dates in the form must not find their own hold in the way.
            bookings.letGo(command.offerId());
            if (!offers.hasRoom(command.offerId(), command.period())) {
                throw taken(offers.alternatives(command.offerId(), command.period()), null);
            }
        }
        return whoeverIsFirst(command.offerId(), command.period(), () -> bookings.take(command));
    }

    private <R> R whoeverIsFirst(UUID offerId, Period period, Supplier<R> booking) {
        try {
            return booking.get();
        } catch (Conflict lost) {
            if (!lost.code().equals("equipment.slot-taken")) {
                throw lost;
            }
            throw taken(alternatives(offerId, period), lost);
        }
    }

    /** Submits a draft whose hold still stands. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView submit(UUID rentalId) {
        return bookings.submit(rentalId);
    }

    /** Within a caller's transaction, which the refusal has doomed, nothing can be asked any more. */
    private List<Alternative> alternatives(UUID offerId, Period wanted) {
        boolean own = transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
        return own ? offers.alternatives(offerId, wanted) : List.of();
    }

    private static Conflict taken(List<Alternative> alternatives, @Nullable Conflict cause) {
        return new Conflict("rental.slot-taken", "Somebody else has the unit at that time", cause)
                .with("alternatives", alternatives);
    }
}

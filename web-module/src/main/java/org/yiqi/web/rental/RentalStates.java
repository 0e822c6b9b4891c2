package org.yiqi.web.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.yiqi.rental.OfferState;
import org.yiqi.rental.RentalState;

/** How the states of offers and rentals look. */
@Named
@ApplicationScoped
public class RentalStates {

    /** The straight path, as the steps of a rental's page show it. */
    private static final List<RentalState> PATH = List.of(
            RentalState.UNDER_REVIEW,
            RentalState.APPROVED,
            RentalState.DISPATCHED,
            RentalState.DELIVERED,
            RentalState.ACTIVE,
            RentalState.RETURNING,
            RentalState.SETTLING,
            RentalState.CLOSED);

    public List<RentalState> getPath() {
        return PATH;
    }

    public RentalState[] getAll() {
        return RentalState.values();
    }

    public OfferState[] getOfferStates() {
        return OfferState.values();
    }

    /** Whether a step of the path lies behind a rental ({@code done}), is where it stands ({@code now}), or is to come. */
    public String step(RentalState step, RentalState state) {
        int at = PATH.indexOf(onPath(state));
        int here = PATH.indexOf(step);
        if (at < 0) {
            return "";
        }
        return here < at || state == RentalState.CLOSED ? "done" : here == at ? "now" : "";
    }

    public String kind(RentalState state) {
        return switch (state) {
            case UNDER_REVIEW, DELIVERED, RETURNING -> "info";
            case APPROVED, ACTIVE -> "ok";
            case OVERDUE, LIABILITY_OPEN -> "bad";
            case DISPATCHED, SETTLING -> "warn";
            default -> "mute";
        };
    }

    public String offerKind(OfferState state) {
        return switch (state) {
            case PUBLISHED -> "ok";
            case PAUSED -> "warn";
            default -> "mute";
        };
    }

    private static RentalState onPath(RentalState state) {
        return switch (state) {
            case OVERDUE -> RentalState.ACTIVE;
            case LIABILITY_OPEN -> RentalState.SETTLING;
            default -> state;
        };
    }
}

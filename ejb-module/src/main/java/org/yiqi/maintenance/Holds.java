package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;

/**
 * The acts behind a quarantine. The unit stops at once, whoever reports; the act that says so is the owner's, so it is
 * recorded when one of the owner's signatories next acts on the order, at the latest when the unit is released.
 */
@ApplicationScoped
class Holds {

    private static final Set<ActState> OVER = EnumSet.of(ActState.EXPIRED, ActState.REJECTED);

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /**
     * Records the hold if the caller can sign it for the owner; otherwise it waits for somebody who can. Where the owner holds
     * its key itself, the act waits for that signature; one that nobody signed in time is proposed anew.
     *
     * @return whether an act was proposed
     */
    boolean place(WorkOrder order) {
        if (!order.isQuarantined() || !signsFor(order) || stands(order.holdAct())) {
            return false;
        }
        order.quarantined(acts.propose(NewAct.holdPlaced(
                order.device().unitId(),
                order.device().ownerOrg(),
                order.isSafety() ? "SAFETY" : "ALERT",
                clock.instant(),
                order.id())));
        return true;
    }

    /**
     * Ends the hold of a quarantined unit. Where the owner holds its key itself the unit goes on waiting: it is released by
     * asking once more when the signature is there.
     *
     * @return whether everything is signed and the unit may go
     * @throws Conflict {@code maintenance.release-waits} while a signature that was asked for before is missing
     */
    boolean release(WorkOrder order) {
        if (!order.isQuarantined()) {
            return true;
        }
        if (!signsFor(order)) {
            throw new NotPermitted(
                    "maintenance.release-needs-owner", "The owner's signatory ends the hold that stands on the ledger");
        }
        boolean placed = place(order);
        UUID hold = order.holdAct();
        if (hold == null) {
            return true;
        }
        if (waits(hold)) {
            return askedBefore(placed);
        }
        UUID release = order.releaseAct();
        boolean asked = !stands(release);
        if (release == null || asked) {
            release = acts.propose(NewAct.holdReleased(
                    order.device().unitId(), order.device().ownerOrg(), hold, clock.instant(), order.id()));
            order.holdReleased(release);
        }
        return waits(release) ? askedBefore(asked) : true;
    }

    private static boolean askedBefore(boolean justNow) {
        if (!justNow) {
            throw new Conflict("maintenance.release-waits", "The owner's own signature is still missing");
        }
        return false;
    }

    private boolean waits(UUID act) {
        return acts.stateOf(act) == ActState.WAITING_SIGNATURE;
    }

    /** Whether an act is on the ledger or on its way there. */
    private boolean stands(@Nullable UUID act) {
        return act != null && !OVER.contains(acts.stateOf(act));
    }

    private boolean signsFor(WorkOrder order) {
        return caller.isSignedIn()
                && caller.has(Roles.SIGNATORY)
                && caller.orgId().equals(order.device().ownerOrg());
    }
}

package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;

/**
 * The acts behind a quarantine. The unit stops at once, whoever reports; the act that says so is the owner's, so it is
 * recorded when one of the owner's signatories next acts on the order, at the latest when the unit is released.
 */
@ApplicationScoped
class Holds {

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /**
     * Records the hold if the caller can sign it for the owner; otherwise it waits for somebody who can. Where the owner holds
     * its key itself, the act waits for that signature.
     */
    void place(WorkOrder order) {
        if (order.isQuarantined() && order.holdAct() == null && signsFor(order)) {
            order.quarantined(acts.propose(NewAct.holdPlaced(
                    order.device().unitId(),
                    order.device().ownerOrg(),
                    order.isSafety() ? "SAFETY" : "ALERT",
                    clock.instant(),
                    order.id())));
        }
    }

    /** Ends the hold of a quarantined unit. */
    void release(WorkOrder order) {
        if (!order.isQuarantined()) {
            return;
        }
        if (!signsFor(order)) {
            throw new NotPermitted(
                    "maintenance.release-needs-owner", "The owner's signatory ends the hold that stands on the ledger");
        }
        place(order);
        UUID hold = order.holdAct();
        if (hold != null) {
            order.holdReleased(acts.propose(NewAct.holdReleased(
                    order.device().unitId(), order.device().ownerOrg(), hold, clock.instant(), order.id())));
        }
    }

    private boolean signsFor(WorkOrder order) {
        return caller.isSignedIn()
                && caller.has(Roles.SIGNATORY)
                && caller.orgId().equals(order.device().ownerOrg());
    }
}

package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.telemetry.Alerts;

/** The hospital's side after a repair: checked by somebody who did not do it, given back to use, rated. */
@Stateless
@Secured
@RolesAllowed(Roles.EQUIPMENT)
public class Handbacks {

    @Inject
    WorkOrderStore store;

    @Inject
    Openings openings;

    @Inject
    PlanStore plans;

    @Inject
    Holds holds;

    @Inject
    Availability availability;

    @Inject
    Calendar calendar;

    @Inject
    Units units;

    @Inject
    Alerts alerts;

    @Inject
    Event<UnitReleased> released;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** @throws NotPermitted {@code maintenance.own-work} when the caller worked on the order */
    public WorkOrderView verify(UUID id, @Nullable Long seen) {
        WorkOrder order = store.load(id, seen);
        Move move = order.verify(caller.personId(), caller.orgId(), clock.instant());
        holds.place(order);
        store.done(order, move);
        return store.view(id);
    }

    /** Sends the order back to the technician. */
    public WorkOrderView refuse(UUID id, @Nullable Long seen, String reason) {
        WorkOrder order = store.load(id, seen);
        store.done(order, order.refuseRepair(caller.personId(), caller.orgId(), reason, clock.instant()));
        return store.view(id);
    }

    /** What the check found besides: an order of its own, linked to this one, which can go on. */
    public WorkOrderView followUp(UUID id, String description) {
        WorkOrder order = store.load(id, null);
        if (!order.device().isAnsweredForBy(caller.orgId())) {
            throw new NotPermitted("maintenance.not-yours-to-verify", "Owner or custodian verify a repair");
        }
        UnitView unit = units.get(order.device().unitId());
        WorkOrder child = openings.open(unit, Opening.followUp(id, caller.orgId(), caller.personId(), description));
        return store.view(child.id());
    }

    /**
     * Lifts what stopped the unit, with the act that ends its hold on the ledger. An owner that holds its key itself has to
     * sign that first: then the order stays verified, and is released by asking again.
     *
     * @throws org.yiqi.shared.problem.Conflict {@code maintenance.release-waits} while that signature is missing
     * @throws org.yiqi.shared.problem.RuleViolation {@code maintenance.test-out-of-limits} naming the measurement
     * @throws NotPermitted {@code maintenance.release-needs-owner} for a quarantined unit and a caller who does not sign for
     *     its owner
     */
    public WorkOrderView release(UUID id, @Nullable Long seen) {
        WorkOrder order = store.load(id, seen);
        Instant now = clock.instant();
        order.checkReleasable(caller.orgId());
        if (!holds.release(order)) {
            store.done(order, order.joined("release-waits", ""));
            return store.view(id);
        }
        store.done(order, order.release(caller.orgId(), now));
        availability.release(order.device().unitId(), order.id());
        calendar.consume(order.id(), now);
        plans.orderEnded(order, true);
        alerts.repaired(order.id(), order.number());
        released.fire(new UnitReleased(order.device().unitId(), order.id(), now, order.downtime()));
        return store.view(id);
    }

    /** @param rating 1 to 5; null leaves the work unrated */
    public WorkOrderView close(UUID id, @Nullable Long seen, @Nullable Integer rating, String comment) {
        WorkOrder order = store.load(id, seen);
        if (!order.device().isAnsweredForBy(caller.orgId())) {
            throw new NotPermitted("maintenance.not-yours-to-rate", "Owner or custodian rate the work");
        }
        store.done(order, order.close(rating, comment, clock.instant()));
        units.hide(order.id());
        return store.view(id);
    }
}

package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.RepairReport;
import org.yiqi.maintenance.domain.TestSheet;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The technician's side of a work order, from the offer to the report with its test data. */
@Stateless
@Secured
@RolesAllowed(Roles.TECHNICIAN)
public class Repairs {

    @Inject
    WorkOrderStore store;

    @Inject
    Offers offers;

    @Inject
    PartStore parts;

    @Inject
    Availability availability;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    public WorkOrderView accept(UUID id, @Nullable Long seen) {
        return act(id, seen, order -> {
            Move move = order.accept(caller.personId(), clock.instant());
            offers.answered(order, "ACCEPTED", "");
            return move;
        });
    }

    /** Says no; the next service organisation is asked at once. The order is out of the caller's sight after it. */
    public void decline(UUID id, @Nullable Long seen, String reason) {
        WorkOrder order = mine(id, seen);
        order.checkReason(reason);
        offers.passOn(order, "declined", "DECLINED", reason.strip());
    }

    public WorkOrderView depart(UUID id, @Nullable Long seen) {
        return act(id, seen, order -> order.depart(caller.personId(), clock.instant()));
    }

    /** Work begins: from now on the unit cannot be used, even where nobody stopped it before. */
    public WorkOrderView start(UUID id, @Nullable Long seen) {
        return act(id, seen, order -> {
            Move move = order.start(caller.personId(), clock.instant());
            if (!order.isQuarantined()) {
                availability.maintain(order.device().unitId(), order.number(), order.id());
            }
            return move;
        });
    }

    public WorkOrderView pause(UUID id, @Nullable Long seen, WaitReason what, String reason, String purchaseOrder) {
        return act(id, seen, order -> order.waitFor(what, reason, purchaseOrder, clock.instant()));
    }

    public WorkOrderView resume(UUID id, @Nullable Long seen) {
        return act(id, seen, order -> order.resume(caller.personId(), clock.instant()));
    }

    /** Numbers outside their limits are kept as they were read; they stop the release, not the report. */
    public WorkOrderView repair(UUID id, @Nullable Long seen, ReportRepair report) {
        TestSheet tests = new TestSheet(report.electricalSafety(), report.functional());
        return act(id, seen, order -> {
            order.checkRepairable();
            Money cost = parts.fit(order, report.parts(), report.labourCost().currency());
            Move move = order.repair(
                    caller.personId(),
                    new RepairReport(
                            report.diagnosis(), report.workDone(), report.labourMinutes(), report.labourCost(), cost),
                    tests,
                    clock.instant());
            store.keepTests(order, tests.lines());
            return move;
        });
    }

    /** Keeps parts of the caller's organisation for this order. */
    public WorkOrderView reserve(UUID id, @Nullable Long seen, UUID partId, UUID stationId, int quantity) {
        WorkOrder order = mine(id, seen);
        parts.reserve(order, partId, stationId, quantity);
        return store.view(id);
    }

    private WorkOrderView act(UUID id, @Nullable Long seen, Function<WorkOrder, Move> deed) {
        WorkOrder order = mine(id, seen);
        store.done(order, deed.apply(order));
        return store.view(id);
    }

    private WorkOrder mine(UUID id, @Nullable Long seen) {
        WorkOrder order = store.load(id, seen);
        if (!caller.orgId().equals(order.serviceOrg())) {
            throw new NotPermitted("maintenance.not-your-order", "This order was given to another organisation");
        }
        return order;
    }
}

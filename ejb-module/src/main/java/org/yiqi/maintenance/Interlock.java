package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.yiqi.equipment.BookingRequested;
import org.yiqi.equipment.SlotUse;
import org.yiqi.shared.problem.Conflict;

/** Keeps people from booking a unit that must not be used: service overdue, or stopped and not back by then. */
@ApplicationScoped
class Interlock {

    private static final Set<SlotUse> USES = EnumSet.of(SlotUse.RENTAL, SlotUse.CLINICAL);

    @Inject
    Database database;

    @Inject
    PlanStore plans;

    @Inject
    Clock clock;

    void booking(@Observes BookingRequested wish) {
        if (!USES.contains(wish.use())) {
            return;
        }
        Optional<String> refusal = database.beyondTenant(c -> {
            if (plans.overdue(wish.unitId()).isPresent()) {
                return Optional.of("maintenance.plan-overdue");
            }
            Instant now = clock.instant();
            return database.one(
                            "select * from maintenance.work_order where unit_id = ? and quarantined and state not in ('RELEASED','CLOSED','CANCELLED')",
                            WorkOrderRows::read,
                            wish.unitId())
                    .filter(order -> wish.period().from().isBefore(WorkOrders.back(order, now)))
                    .map(order -> "maintenance.unit-stopped");
        });
        refusal.ifPresent(code -> {
            throw new Conflict(
                    code,
                    code.equals("maintenance.plan-overdue")
                            ? "Service of this unit is overdue; it takes no bookings until it is done"
                            : "This unit is stopped for repair and not expected back by then");
        });
    }
}

package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Period;

/** Turns a plan that comes due into an order, in an idle time of the unit's own calendar before its tolerance ends. */
@ApplicationScoped
class PlannedService {

    /** Before the day's first patients. */
    private static final LocalTime EARLY = LocalTime.of(6, 0);

    private static final int CHOICES = 8;

    @Inject
    PlanStore plans;

    @Inject
    WorkOrderStore store;

    @Inject
    Openings openings;

    @Inject
    Offers offers;

    @Inject
    Vendors vendors;

    @Inject
    Calendar calendar;

    @Inject
    Units units;

    @Inject
    Clock clock;

    void order(PlanView plan) {
        UnitView unit = units.get(plan.unitId());
        if (unit.status() == UnitStatus.DISPOSED || unit.status() == UnitStatus.RETIRING) {
            return;
        }
        String text = plan.tasks().isEmpty() ? plan.title() : plan.title() + "\n" + plan.tasks();
        WorkOrder order = openings.open(unit, Opening.plan(plan.id(), text));
        if (order.state() != WorkOrderState.REQUESTED) {
            plans.ordered(plan.id(), order.id());
            return;
        }
        Period time = idle(plan, unit.id());
        calendar.reserve(unit.id(), time, SlotUse.MAINTENANCE, order.id(), SlotState.BOOKED, null, order.number());
        UUID service = plan.serviceOrgId();
        if (service == null) {
            List<VendorSuggestion> able =
                    vendors.suggest(order.id(), order.device(), unit.maintainerId(), unit.warrantyUntil());
            service = able.isEmpty() ? unit.custodianId() : able.get(0).orgId();
        }
        store.done(order, order.dispatchPlanned(service, time.from(), time.to(), clock.instant()));
        offers.write(order, service);
        plans.ordered(plan.id(), order.id());
    }

    /** The due day's early morning, or the nearest idle time to it from tomorrow on, before the tolerance ends if there is one. */
    private Period idle(PlanView plan, UUID unitId) {
        LocalDate tomorrow = plans.today().plusDays(1);
        LocalDate day = plan.nextDue().isBefore(tomorrow) ? tomorrow : plan.nextDue();
        Instant from = day.atTime(EARLY).atZone(PlanStore.ZONE).toInstant();
        Period wished = new Period(from, from.plus(Duration.ofMinutes(plan.durationMinutes())));
        if (calendar.isFree(unitId, wished)) {
            return wished;
        }
        Instant last = plan.nextDue()
                .plusDays(plan.toleranceDays() + 1L)
                .atStartOfDay(PlanStore.ZONE)
                .toInstant();
        List<Period> free = calendar.alternatives(unitId, wished, CHOICES);
        return free.stream()
                .filter(p -> !p.to().isAfter(last))
                .findFirst()
                .or(() -> free.stream().findFirst())
                .orElse(wished);
    }
}

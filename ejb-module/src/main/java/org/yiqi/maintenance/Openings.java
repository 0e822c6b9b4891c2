package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.SlotView;
import org.yiqi.equipment.UnitView;
import org.yiqi.maintenance.domain.Device;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.Priority;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;

/** Opens work orders, exactly one per unit and cause, whoever reports it however often. */
@ApplicationScoped
class Openings {

    private static final Duration AHEAD = Duration.ofDays(7);

    @Inject
    WorkOrderStore store;

    @Inject
    Database database;

    @Inject
    Calendar calendar;

    @Inject
    Availability availability;

    @Inject
    Holds holds;

    @Inject
    Event<UnitTakenOutOfService> stopped;

    @Inject
    Clock clock;

    /** The order that stands for the report: a new one, or the open one of the same cause, which the report joins. */
    WorkOrder open(UnitView unit, Opening why) {
        database.oneAtATime("maintenance:" + unit.id() + ":" + why.cause());
        UUID episode = why.episodeId();
        if (episode != null) {
            Optional<UUID> known = orderOf(episode);
            if (known.isPresent()) {
                return store.load(known.get(), null);
            }
        }
        Optional<WorkOrder> standing = store.openFor(unit.id(), why.cause());
        WorkOrder order = standing.map(o -> store.done(o, o.joined("reported-again", clip(why.description()))))
                .orElseGet(() -> create(unit, why));
        if (episode != null) {
            database.run(
                    "insert into maintenance.work_order_episode(episode_id, work_order_id, at) values (?,?,?)",
                    episode,
                    order.id(),
                    clock.instant());
        }
        return order;
    }

    private Optional<UUID> orderOf(UUID episode) {
        return database.one(
                "select work_order_id from maintenance.work_order_episode where episode_id = ?",
                rs -> rs.getObject(1, UUID.class),
                episode);
    }

    private WorkOrder create(UnitView unit, Opening why) {
        Instant now = clock.instant();
        boolean stops = why.safety() || why.severity().equals("CRITICAL");
        boolean planned = why.kind() == WorkOrderKind.PREVENTIVE;
        WorkOrder order = new WorkOrder(
                Ids.next(), store.nextNumber(), device(unit), why, suggest(unit, why, now), now, planned ? null : now);
        store.add(order);
        store.done(order, order.joined("requested", clip(why.description())));
        if (stops) {
            availability.quarantine(unit.id(), order.number(), order.id());
            order.quarantined(null);
            holds.place(order);
            stopped.fire(new UnitTakenOutOfService(
                    unit.id(),
                    order.id(),
                    order.number(),
                    now,
                    now.plus(order.level().fix())));
        }
        return order;
    }

    private Priority suggest(UnitView unit, Opening why, Instant now) {
        return Priority.suggest(new Priority.Facts(
                why.safety(),
                why.severity().equals("CRITICAL"),
                unit.criticality() == Criticality.LIFE_SUPPORT,
                riskClass(unit.model().deviceClass()),
                nextUse(unit.id(), now)));
    }

    Priority.NextUse nextUse(UUID unitId, Instant now) {
        List<SlotView> uses = calendar.slots(unitId, new Period(now, now.plus(AHEAD))).stream()
                .filter(s -> s.use() == SlotUse.RENTAL || s.use() == SlotUse.CLINICAL)
                .toList();
        if (uses.stream().anyMatch(s -> s.period().contains(now))) {
            return Priority.NextUse.NOW;
        }
        if (uses.stream().anyMatch(s -> s.period().from().isBefore(now.plus(Duration.ofDays(1))))) {
            return Priority.NextUse.WITHIN_A_DAY;
        }
        return uses.isEmpty() ? Priority.NextUse.LATER : Priority.NextUse.WITHIN_A_WEEK;
    }

    private static int riskClass(String deviceClass) {
        return switch (deviceClass) {
            case "I" -> 1;
            case "II" -> 2;
            case "III" -> 3;
            default -> 0;
        };
    }

    private static Device device(UnitView unit) {
        String model = unit.model().nameZh().isEmpty()
                ? unit.model().nameEn()
                : unit.model().nameZh();
        String place = (unit.site() + " " + unit.department()).strip();
        return new Device(
                unit.id(),
                model,
                unit.assetTag(),
                unit.serial(),
                place,
                unit.regionCode(),
                unit.ownerId(),
                unit.custodianId());
    }

    private static String clip(String text) {
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}

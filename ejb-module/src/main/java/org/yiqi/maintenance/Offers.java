package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Ids;

/** Offers of an order to one service organisation after the other, and what each answered. */
@ApplicationScoped
class Offers {

    @Inject
    WorkOrderStore store;

    @Inject
    Database database;

    @Inject
    Vendors vendors;

    @Inject
    Units units;

    @Inject
    Clock clock;

    void make(WorkOrder order, UUID serviceOrg) {
        Move move = order.dispatch(serviceOrg, clock.instant());
        store.done(order, move);
        write(order, serviceOrg);
    }

    void write(WorkOrder order, UUID serviceOrg) {
        Instant now = clock.instant();
        Instant until = order.acceptBy();
        database.run(
                "insert into maintenance.offer(id, work_order_id, org_id, offered_at, answer_by) values (?,?,?,?,?)",
                Ids.next(),
                order.id(),
                serviceOrg,
                now,
                until == null ? now : until);
        units.show(order.device().unitId(), serviceOrg, order.id());
    }

    void answered(WorkOrder order, String answer, String reason) {
        database.run(
                "update maintenance.offer set answer = ?, answered_at = ?, reason = ? where work_order_id = ? and answer is null",
                answer,
                clock.instant(),
                reason,
                order.id());
    }

    /**
     * Takes the order from who let it pass and offers it to the next best; without one it waits at TRIAGED for a person. The
     * order leaves the sight of who had it, so this runs beyond the caller's tenant.
     */
    void passOn(WorkOrder order, String act, String answer, String reason) {
        database.beyondTenant(c -> {
            answered(order, answer, reason);
            store.done(order, order.offerEnded(act, reason, clock.instant()));
            units.hide(order.id());
            UnitView unit = units.get(order.device().unitId());
            List<VendorSuggestion> suggestions =
                    vendors.suggest(order.id(), order.device(), unit.maintainerId(), unit.warrantyUntil());
            Optional<VendorSuggestion> next =
                    suggestions.stream().filter(s -> !s.passed()).findFirst();
            next.ifPresent(v -> make(order, v.orgId()));
            return true;
        });
    }
}

package org.yiqi.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.telemetry.Alerts;

/**
 * What happens without a person: orders for alerts and public reports, offers that lapse, plans that come due. Only for callers
 * that work in {@link Scope#SYSTEM}; other services are called with the application's own role.
 */
@Stateless
@Secured
@PermitAll
@RunAs(Roles.SYSTEM)
public class BackgroundWork {

    @Inject
    Openings openings;

    @Inject
    WorkOrderStore store;

    @Inject
    Offers offers;

    @Inject
    PlanStore plans;

    @Inject
    PlannedService planned;

    @Inject
    Database database;

    @Inject
    Units units;

    @Inject
    Alerts alerts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** The one order that stands for the cause; in the transaction of the event that reports it. */
    public UUID open(UUID unitId, Opening why) {
        checkSystem();
        UnitView unit = units.get(unitId);
        UUID order = openings.open(unit, why).id();
        UUID episode = why.episodeId();
        if (episode != null) {
            alerts.repairing(episode, order);
        }
        return order;
    }

    /** The one order for a report without a login, with its photo. */
    public UUID report(UUID unitId, Opening why, List<Attachment> photos) {
        UUID order = open(unitId, why);
        photos.forEach(photo -> store.keepFile(order, photo));
        return order;
    }

    public List<UUID> lapsedOffers() {
        checkSystem();
        return database.all(
                "select id from maintenance.work_order where state = 'DISPATCHED' and accept_by < ? order by accept_by limit 100",
                rs -> rs.getObject(1, UUID.class),
                clock.instant());
    }

    /** One order in a transaction of its own, so that one that fails does not hold up the others. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void lapse(UUID orderId) {
        checkSystem();
        WorkOrder order = store.load(orderId, null);
        Instant until = order.acceptBy();
        if (order.state() == WorkOrderState.DISPATCHED && until != null && until.isBefore(clock.instant())) {
            offers.passOn(order, "offer-lapsed", "LAPSED", "");
        }
    }

    public List<PlanView> duePlans() {
        checkSystem();
        return plans.due(100);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void orderPlanned(PlanView plan) {
        checkSystem();
        planned.order(plan);
    }

    public List<UUID> unrated() {
        checkSystem();
        Instant before = clock.instant().minus(WorkOrder.RATING_WITHIN);
        return database.all(
                "select id from maintenance.work_order where state = 'RELEASED' and released_at < ? order by released_at limit 100",
                rs -> rs.getObject(1, UUID.class),
                before);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void closeUnrated(UUID orderId) {
        checkSystem();
        WorkOrder order = store.load(orderId, null);
        if (order.state() == WorkOrderState.RELEASED) {
            store.done(order, order.close(null, "", clock.instant()));
            units.hide(orderId);
        }
    }

    /** Counts of sources that reported without a login are kept for two days. */
    public void forgetSources() {
        checkSystem();
        database.run(
                "delete from maintenance.report_source where hour < ?",
                clock.instant().minus(Duration.ofDays(2)));
    }

    private void checkSystem() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("maintenance.system-only", "Only the application itself does this");
        }
    }
}

package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Priority;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** From the request to a service organisation: how urgent it is, and who is asked to come. */
@Stateless
@Secured
public class Dispatching {

    @Inject
    WorkOrderStore store;

    @Inject
    Vendors vendors;

    @Inject
    Offers offers;

    @Inject
    Holds holds;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** Sets the priority. Without numbers the platform's suggestion stands. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public WorkOrderView triage(
            UUID id, @Nullable Long seen, @Nullable Integer risk, @Nullable Integer downtime, String reason) {
        WorkOrder order = store.load(id, seen);
        checkKeeper(order);
        WorkOrderView suggested = store.view(id);
        int decidedRisk = risk == null ? suggested.priority().risk() : risk;
        int decidedDowntime = downtime == null ? suggested.priority().downtime() : downtime;
        Set<PriorityReason> reasons = EnumSet.noneOf(PriorityReason.class);
        reasons.addAll(suggested.priority().reasons());
        if (decidedRisk != suggested.priority().risk()
                || decidedDowntime != suggested.priority().downtime()) {
            reasons.add(PriorityReason.SET_BY_PERSON);
        }
        var move = order.triage(new Priority(decidedRisk, decidedDowntime, reasons), reason, clock.instant());
        holds.place(order);
        store.done(order, move);
        return store.view(id);
    }

    /** Who could do the work, best first, with reasons. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public List<VendorSuggestion> suggestions(UUID id) {
        WorkOrder order = store.load(id, null);
        UnitView unit = units.get(order.device().unitId());
        return vendors.suggest(id, order.device(), unit.maintainerId(), unit.warrantyUntil());
    }

    /** Offers the order; null takes the best suggestion. It has 30 minutes to accept, then the next one is asked. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public WorkOrderView dispatch(UUID id, @Nullable Long seen, @Nullable UUID serviceOrg) {
        WorkOrder order = store.load(id, seen);
        checkKeeper(order);
        List<VendorSuggestion> suggestions = suggestions(id);
        VendorSuggestion chosen = suggestions.stream()
                .filter(s -> serviceOrg == null ? !s.passed() : s.orgId().equals(serviceOrg))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                                "maintenance.no-such-service", "No approved service organisation of that id")
                        .at("/serviceOrgId", "an approved service organisation"));
        holds.place(order);
        offers.make(order, chosen.orgId());
        return store.view(id);
    }

    private void checkKeeper(WorkOrder order) {
        if (caller.scope() == Scope.MEMBER && !order.device().isAnsweredForBy(caller.orgId())) {
            throw new NotPermitted("maintenance.not-the-keeper", "Only who owns or holds the unit does this");
        }
    }
}

package org.yiqi.web.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;

/** What the person who looks may do next with an order, the most likely first. The services decide again. */
@ApplicationScoped
class OrderActs {

    @Inject
    Caller caller;

    List<String> of(WorkOrderView order) {
        List<String> acts = new ArrayList<>();
        boolean keeper = caller.has(Roles.EQUIPMENT)
                && (caller.orgId().equals(order.unit().ownerId())
                        || caller.orgId().equals(order.unit().custodianId()));
        boolean technician = caller.has(Roles.TECHNICIAN) && caller.orgId().equals(order.serviceOrgId());
        if (technician) {
            acts.addAll(technician(order.state()));
        }
        if (keeper || caller.has(Roles.PLATFORM_OPERATOR)) {
            acts.addAll(keeper(order.state(), keeper, order.repair().failing().isEmpty()));
        }
        return acts;
    }

    private static List<String> technician(WorkOrderState state) {
        return switch (state) {
            case DISPATCHED -> List.of("accept", "decline");
            case ACCEPTED -> List.of("start", "depart");
            case EN_ROUTE -> List.of("start");
            case IN_PROGRESS -> List.of("repair", "wait");
            case WAITING_PARTS, WAITING_SITE -> List.of("resume");
            default -> List.of();
        };
    }

    private static List<String> keeper(WorkOrderState state, boolean own, boolean passed) {
        return switch (state) {
            case REQUESTED -> List.of("triage", "cancel");
            case TRIAGED -> List.of("dispatch", "cancel");
            case DISPATCHED, ACCEPTED -> List.of("cancel");
            case REPAIRED -> !own ? List.of() : passed ? List.of("verify", "refuse") : List.of("refuse", "verify");
            case VERIFIED -> !own ? List.of() : passed ? List.of("release", "refuse") : List.of("refuse", "release");
            case RELEASED -> own ? List.of("close") : List.of();
            default -> List.of();
        };
    }
}

package org.yiqi.web.maintenance;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.maintenance.Reliability;
import org.yiqi.maintenance.ReliabilityView;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.list.ListQuery;

/** The maintenance tab of a unit's page: its figures, its orders and its plans. */
@Named
@RequestScoped
public class MaintenanceTab {

    private static final int ROWS = 20;

    @Inject
    WorkOrders orders;

    @Inject
    Plans plans;

    @Inject
    Reliability reliability;

    private final Map<UUID, List<WorkOrderView>> found = new HashMap<>();
    private @Nullable ReliabilityView figures;

    public List<WorkOrderView> orders(UUID unit) {
        return found.computeIfAbsent(unit, id -> orders.list(new ListQuery(
                        ROWS, 0, null, List.of("-requestedAt"), null, Map.of("unit", List.of(id.toString()))))
                .items());
    }

    public List<PlanView> plans(UUID unit) {
        return plans.list(ListQuery.all().where("unit", unit.toString()).where("active", "true"))
                .items();
    }

    public ReliabilityView figures(UUID unit) {
        ReliabilityView known = figures;
        if (known == null) {
            known = reliability.of(unit);
            figures = known;
        }
        return known;
    }
}

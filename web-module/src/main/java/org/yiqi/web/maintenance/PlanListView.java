package org.yiqi.web.maintenance;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.DeviceNames;
import org.yiqi.web.shell.ListPage;

/** Preventive plans, soonest due first. */
@Named
@RequestScoped
public class PlanListView extends ListPage<PlanView> {

    @Inject
    Plans plans;

    @Inject
    OrderLook look;

    @Inject
    DeviceNames devices;

    private @Nullable String overdue;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("overdue", overdue);
        return filters;
    }

    @Override
    protected ListQuery query() {
        return super.query().where("active", "true");
    }

    @Override
    protected Page<PlanView> find(ListQuery query) {
        return plans.list(query);
    }

    @Override
    protected List<Column<PlanView>> columns() {
        return List.of(
                column("maintenance.plan", PlanView::title),
                column("maintenance.unit", p -> devices.name(p.unitId(), p.modelName())),
                column("maintenance.tag", PlanView::assetTag),
                column("maintenance.plan.due", p -> p.nextDue()),
                column("maintenance.state", p -> texts.get("maintenance.standing." + p.standing())),
                column("maintenance.plan.intervalMonths", PlanView::intervalMonths),
                column("maintenance.service", p -> look.org(p.serviceOrgId())));
    }

    public @Nullable String getOverdue() {
        return overdue;
    }

    public void setOverdue(@Nullable String overdue) {
        this.overdue = "true".equals(overdue) ? "true" : null;
    }
}

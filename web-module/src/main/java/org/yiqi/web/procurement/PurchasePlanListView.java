package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.PurchasePlanRow;
import org.yiqi.procurement.PurchasePlans;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** Plans to buy, the newest first. */
@Named
@RequestScoped
public class PurchasePlanListView extends ListPage<PurchasePlanRow> {

    @Inject
    PurchasePlans plans;

    private @Nullable String state;
    private @Nullable String waitsFor;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("waitsFor", waitsFor);
        return filters;
    }

    @Override
    protected Page<PurchasePlanRow> find(ListQuery query) {
        return plans.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<PurchasePlanRow> consumer) {
        plans.export(query, consumer);
    }

    @Override
    protected List<Column<PurchasePlanRow>> columns() {
        return List.of(
                column("procurement.number", PurchasePlanRow::number),
                column("procurement.plan", PurchasePlanRow::title),
                column("procurement.category", p -> texts.get("equipment.category." + p.category())),
                column("procurement.quantity", PurchasePlanRow::quantity),
                column("procurement.total", p -> new BigDecimal(p.total().amount())),
                column("procurement.currency", p -> p.total().currency()),
                column("procurement.state", p -> texts.get("procurement.planState." + p.state())),
                column(
                        "procurement.waitsFor",
                        p -> p.waitsFor() == null ? "" : texts.get("procurement.step." + p.waitsFor())));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getWaitsFor() {
        return waitsFor;
    }

    public void setWaitsFor(@Nullable String waitsFor) {
        this.waitsFor = waitsFor;
    }
}

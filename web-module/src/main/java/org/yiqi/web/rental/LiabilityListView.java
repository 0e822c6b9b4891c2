package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityRow;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** Cases of damage, the newest first. */
@Named
@RequestScoped
public class LiabilityListView extends ListPage<LiabilityRow> {

    @Inject
    Liabilities liabilities;

    @Inject
    OrganisationNames organisations;

    private @Nullable String state;
    private @Nullable String open;
    private @Nullable String unit;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("open", open);
        filters.put("unit", unit);
        return filters;
    }

    @Override
    protected Page<LiabilityRow> find(ListQuery query) {
        return liabilities.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<LiabilityRow> consumer) {
        liabilities.export(query, consumer);
    }

    @Override
    protected List<Column<LiabilityRow>> columns() {
        return List.of(
                column("rental.liability.number", LiabilityRow::number),
                column("rental.unit", r -> r.unit(language.getTag())),
                column("rental.liability.assetTag", LiabilityRow::assetTag),
                column("rental.state", r -> texts.get("rental.liability.state." + r.state())),
                column("rental.liability.damage", r -> texts.get("rental.liability.damage." + r.damage())),
                column("rental.owner", r -> organisations.name(r.ownerOrg())),
                column("rental.custodian", r -> organisations.name(r.custodianOrg())),
                column("rental.liability.reported", LiabilityRow::reportedAt),
                column(
                        "rental.liability.amount",
                        r -> r.amount() == null ? "" : r.amount().amount()));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getOpen() {
        return open;
    }

    public void setOpen(@Nullable String open) {
        this.open = open;
    }

    public @Nullable String getUnit() {
        return unit;
    }

    public void setUnit(@Nullable String unit) {
        this.unit = unit;
    }
}

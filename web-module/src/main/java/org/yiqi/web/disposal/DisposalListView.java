package org.yiqi.web.disposal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.DisposalRow;
import org.yiqi.disposal.Disposals;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** Disposals, the newest first. */
@Named
@RequestScoped
public class DisposalListView extends ListPage<DisposalRow> {

    @Inject
    Disposals disposals;

    private @Nullable String state;
    private @Nullable String way;
    private @Nullable String overdue;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("way", way);
        filters.put("overdue", overdue);
        return filters;
    }

    @Override
    protected Page<DisposalRow> find(ListQuery query) {
        return disposals.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<DisposalRow> consumer) {
        disposals.export(query, consumer);
    }

    @Override
    protected List<Column<DisposalRow>> columns() {
        return List.of(
                column("disposal.number", DisposalRow::number),
                column("disposal.unit", d -> d.unit(language.getTag())),
                column("disposal.assetTag", DisposalRow::assetTag),
                column("disposal.category", d -> texts.get("equipment.category." + d.category())),
                column("disposal.cause", d -> texts.get("disposal.cause." + d.cause())),
                column("disposal.state", d -> texts.get("disposal.state." + d.state())),
                column(
                        "disposal.value",
                        d -> d.value() == null ? null : new BigDecimal(d.value().amount())),
                column("disposal.way", d -> d.way() == null ? "" : texts.get("disposal.way." + d.way())),
                column(
                        "disposal.price",
                        d -> d.price() == null ? null : new BigDecimal(d.price().amount())),
                column("disposal.madeAt", DisposalRow::madeAt));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getWay() {
        return way;
    }

    public void setWay(@Nullable String way) {
        this.way = way;
    }

    public @Nullable String getOverdue() {
        return overdue;
    }

    public void setOverdue(@Nullable String overdue) {
        this.overdue = overdue;
    }
}

package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.RentalRow;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.ListPage;

/** The rentals that one may see. */
@Named
@RequestScoped
public class RentalListView extends ListPage<RentalRow> {

    @Inject
    Rentals rentals;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable String side;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("side", side);
        return filters;
    }

    /** One's own side of a rental is a filter by one's own organisation. */
    @Override
    protected ListQuery query() {
        ListQuery asked = super.query();
        Map<String, List<String>> filters = new LinkedHashMap<>(asked.filters());
        filters.remove("side");
        if ("owner".equals(side) || "lessee".equals(side)) {
            filters.put(side, List.of(caller.orgId().toString()));
        }
        return new ListQuery(asked.limit(), asked.offset(), null, asked.sort(), asked.q(), filters);
    }

    @Override
    protected Page<RentalRow> find(ListQuery query) {
        return rentals.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<RentalRow> consumer) {
        rentals.export(query, consumer);
    }

    @Override
    protected List<Column<RentalRow>> columns() {
        return List.of(
                column("rental.number", RentalRow::number),
                column("rental.unit", r -> r.unit(language.getTag())),
                column("rental.state", r -> texts.get("rental.state." + r.state())),
                column("rental.owner", r -> r.owner(language.getTag())),
                column("rental.lessee", r -> r.lessee(language.getTag())),
                column("rental.from", RentalRow::from),
                column("rental.to", RentalRow::to),
                column("rental.price", RentalRow::quoted),
                column("rental.currency", r -> r.quoted().currency()));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getSide() {
        return side;
    }

    public void setSide(@Nullable String side) {
        this.side = side;
    }
}

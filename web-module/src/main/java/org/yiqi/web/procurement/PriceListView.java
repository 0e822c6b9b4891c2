package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.PriceIndex;
import org.yiqi.procurement.PriceIndexView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** What devices are bought for, those with most prices first. */
@Named
@RequestScoped
public class PriceListView extends ListPage<PriceIndexView> {

    @Inject
    PriceIndex prices;

    @Inject
    PriceLook look;

    private @Nullable String kind;
    private @Nullable String category;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("kind", kind);
        filters.put("subject", category);
        return filters;
    }

    @Override
    protected Page<PriceIndexView> find(ListQuery query) {
        return prices.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<PriceIndexView> consumer) {
        prices.export(query, consumer);
    }

    @Override
    protected List<Column<PriceIndexView>> columns() {
        return List.of(
                column("procurement.price.subject", look::name),
                column("procurement.kind", x -> texts.get("procurement.priceKind." + x.kind())),
                column("procurement.price.currency", PriceIndexView::currency),
                column("procurement.price.prices", PriceIndexView::prices),
                column("procurement.price.buyers", PriceIndexView::buyers),
                column("procurement.price.low", x -> number(x.low())),
                column("procurement.price.q1", x -> number(x.firstQuartile())),
                column("procurement.price.median", x -> number(x.median())),
                column("procurement.price.q3", x -> number(x.thirdQuartile())),
                column("procurement.price.high", x -> number(x.high())),
                column("procurement.price.first", PriceIndexView::firstDay),
                column("procurement.price.last", PriceIndexView::lastDay),
                column("procurement.price.trend", PriceIndexView::trend));
    }

    private static @Nullable Object number(@Nullable Amount amount) {
        return amount == null ? null : amount.toMoney().amount();
    }

    public PriceIndexView.Kind[] getKinds() {
        return PriceIndexView.Kind.values();
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }
}

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
import org.yiqi.disposal.AuctionRow;
import org.yiqi.disposal.Auctions;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** Auctions, those that end last first. */
@Named
@RequestScoped
public class AuctionListView extends ListPage<AuctionRow> {

    @Inject
    Auctions auctions;

    private @Nullable String state;
    private @Nullable String kind;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("kind", kind);
        return filters;
    }

    @Override
    protected Page<AuctionRow> find(ListQuery query) {
        return auctions.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<AuctionRow> consumer) {
        auctions.export(query, consumer);
    }

    @Override
    protected List<Column<AuctionRow>> columns() {
        return List.of(
                column("disposal.number", AuctionRow::number),
                column("disposal.unit", a -> a.unit(language.getTag())),
                column("disposal.category", a -> texts.get("equipment.category." + a.category())),
                column("disposal.auction.kind", a -> texts.get("disposal.kind." + a.kind())),
                column("disposal.state", a -> texts.get("disposal.auctionState." + a.state())),
                column("disposal.start", a -> new BigDecimal(a.start().amount())),
                column(
                        "disposal.best",
                        a -> a.best() == null ? null : new BigDecimal(a.best().amount())),
                column("disposal.deposit", a -> new BigDecimal(a.deposit().amount())),
                column("disposal.bids", AuctionRow::bids),
                column("disposal.opensAt", AuctionRow::opensAt),
                column("disposal.closesAt", AuctionRow::closesAt));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }
}

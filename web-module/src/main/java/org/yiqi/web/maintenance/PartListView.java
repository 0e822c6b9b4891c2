package org.yiqi.web.maintenance;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PartView;
import org.yiqi.maintenance.Parts;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The list of spare parts with what each station has of them. */
@Named
@RequestScoped
public class PartListView extends ListPage<PartView> {

    @Inject
    Parts parts;

    private @Nullable String low;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("low", low);
        return filters;
    }

    @Override
    protected Page<PartView> find(ListQuery query) {
        return parts.list(query);
    }

    @Override
    protected List<Column<PartView>> columns() {
        boolean english = language.getTag().equals("en");
        return List.of(
                column("maintenance.part.number", PartView::number),
                column("maintenance.part", p -> p.name(language.getTag())),
                column("maintenance.part.fits", PartView::fits),
                column("maintenance.price", p -> p.price().toMoney()),
                column("maintenance.onHand", PartView::onHand),
                column("maintenance.part.reserved", PartView::reserved),
                column("maintenance.stock", p -> p.stock().stream()
                        .map(k -> (english ? k.stationEn() : k.stationZh()) + ": " + k.onHand())
                        .collect(Collectors.joining("; "))),
                column(
                        "maintenance.state",
                        p -> texts.get(p.low() ? "maintenance.stock.low" : "maintenance.stock.ok")));
    }

    public @Nullable String getLow() {
        return low;
    }

    public void setLow(@Nullable String low) {
        this.low = low;
    }
}

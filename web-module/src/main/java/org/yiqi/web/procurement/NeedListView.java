package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.NeedView;
import org.yiqi.procurement.Needs;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** Needs, the newest first. */
@Named
@RequestScoped
public class NeedListView extends ListPage<NeedView> {

    @Inject
    Needs needs;

    private @Nullable String state;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected Page<NeedView> find(ListQuery query) {
        return needs.list(query);
    }

    @Override
    protected List<Column<NeedView>> columns() {
        return List.of(
                column("procurement.number", NeedView::number),
                column("procurement.need", NeedView::title),
                column("procurement.department", NeedView::department),
                column("procurement.category", n -> texts.get("equipment.category." + n.category())),
                column("procurement.quantity", NeedView::quantity),
                column("procurement.wantedBy", NeedView::wantedBy),
                column("procurement.state", n -> texts.get("procurement.needState." + n.state())),
                column("procurement.reason", NeedView::reason));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }
}

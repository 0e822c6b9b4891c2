package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.DataExportView;
import org.yiqi.oversight.DataExports;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** Requests to send personal data abroad, the newest first. */
@Named
@RequestScoped
public class DataExportListView extends ListPage<DataExportView> {

    @Inject
    DataExports exports;

    private @Nullable String state;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected Page<DataExportView> find(ListQuery query) {
        return exports.list(query);
    }

    @Override
    protected List<Column<DataExportView>> columns() {
        return List.of(
                column("oversight.export.number", DataExportView::number),
                column("oversight.export.recipient", DataExportView::recipient),
                column("oversight.export.country", DataExportView::country),
                column("oversight.export.organisation", this::organisation),
                column("oversight.export.ordinary", DataExportView::ordinary),
                column("oversight.export.sensitive", DataExportView::sensitive),
                column("oversight.export.way", e -> texts.get("oversight.export.way." + e.way())),
                column("oversight.export.state", e -> texts.get("oversight.export.state." + e.state())));
    }

    public String organisation(DataExportView export) {
        return language.get() == Lang.EN ? export.orgEn() : export.orgZh();
    }

    public List<String> getStates() {
        return List.of("REQUESTED", "ENDORSED", "APPROVED", "REFUSED");
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? null : state;
    }
}

package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.RecallView;
import org.yiqi.oversight.Recalls;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** Recalls, the newest first. */
@Named
@RequestScoped
public class RecallListView extends ListPage<RecallView> {

    @Inject
    Recalls recalls;

    private @Nullable String state;
    private @Nullable String overdue;
    private @Nullable String unsigned;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("overdue", overdue);
        filters.put("unsigned", unsigned);
        return filters;
    }

    @Override
    protected Page<RecallView> find(ListQuery query) {
        return recalls.list(query);
    }

    @Override
    protected List<Column<RecallView>> columns() {
        return List.of(
                column("oversight.recall.number", RecallView::number),
                column("oversight.recall.title", RecallView::title),
                column("oversight.recall.class", r -> r.recallClass().name()),
                column("oversight.recall.product", this::product),
                column("oversight.recall.lot", RecallView::lot),
                column("oversight.recall.serials", RecallListView::serials),
                column("oversight.recall.state", r -> texts.get("oversight.recall.state." + r.state())),
                column("oversight.recall.issued", RecallView::issuedAt),
                column("oversight.recall.due", RecallView::noticeDue),
                column("oversight.recall.units", RecallView::units),
                column("oversight.recall.held", RecallView::held),
                column("oversight.recall.notices", RecallView::notices),
                column("oversight.recall.received", RecallView::received),
                column("oversight.recall.overdue", RecallView::overdue));
    }

    /** The product's name in the reader's language, or what is printed on it. */
    public String product(RecallView recall) {
        String name = language.get() == Lang.EN ? recall.modelEn() : recall.modelZh();
        return name.isEmpty() ? recall.deviceIdentifier() : name;
    }

    public static String serials(RecallView recall) {
        return recall.serialFrom().isEmpty() ? "" : recall.serialFrom() + " – " + recall.serialTo();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? null : state;
    }

    public @Nullable String getOverdue() {
        return overdue;
    }

    public void setOverdue(@Nullable String overdue) {
        this.overdue = overdue == null || overdue.isBlank() ? null : overdue;
    }

    public @Nullable String getUnsigned() {
        return unsigned;
    }

    public void setUnsigned(@Nullable String unsigned) {
        this.unsigned = unsigned == null || unsigned.isBlank() ? null : unsigned;
    }
}

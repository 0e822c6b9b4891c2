package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ComplaintState;
import org.yiqi.procurement.ComplaintView;
import org.yiqi.procurement.Complaints;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** Complaints about awards: the reader's own, about its tenders, or all for regulators. */
@Named
@RequestScoped
public class ComplaintListView extends ListPage<ComplaintView> {

    @Inject
    Complaints complaints;

    @Inject
    OrganisationNames organisations;

    private @Nullable String state;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected Page<ComplaintView> find(ListQuery query) {
        return complaints.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<ComplaintView> consumer) {
        complaints.export(query, consumer);
    }

    @Override
    protected List<Column<ComplaintView>> columns() {
        return List.of(
                column("procurement.number", ComplaintView::number),
                column("procurement.complaint.bidder", c -> organisations.name(c.bidder())),
                column("procurement.buyer", c -> organisations.name(c.buyer())),
                column("procurement.lot", ComplaintView::lot),
                column("procurement.complaint.madeAt", ComplaintView::madeAt),
                column("procurement.complaint.decideBy", ComplaintView::decideBy),
                column("procurement.state", c -> texts.get("procurement.complaintState." + c.state())));
    }

    public ComplaintState[] getStates() {
        return ComplaintState.values();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }
}

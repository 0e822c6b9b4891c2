package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.LogCheck;
import org.yiqi.ledger.RootView;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The anchored roots of the evidence log, and the button that recomputes the newest of them. */
@Named
@RequestScoped
public class EvidenceListView extends ListPage<RootView> {

    @Inject
    EvidenceLog log;

    private @Nullable LogCheck check;

    @Override
    protected Map<String, @Nullable String> filters() {
        return Map.of();
    }

    @Override
    protected Page<RootView> find(ListQuery query) {
        return log.roots(query);
    }

    @Override
    protected List<Column<RootView>> columns() {
        return List.of(
                column("ledger.evidence.size", RootView::size),
                column("ledger.evidence.root", RootView::root),
                column("ledger.evidence.anchored", RootView::anchoredAt),
                column("ledger.state", RootView::state),
                column("ledger.evidence.act", RootView::actId));
    }

    public void recompute() {
        check = log.check();
    }

    public @Nullable LogCheck getCheck() {
        return check;
    }
}

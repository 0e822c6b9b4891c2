package org.yiqi.web.billing;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.StatementRow;
import org.yiqi.billing.StatementState;
import org.yiqi.billing.Statements;
import org.yiqi.shared.list.Page;
import org.yiqi.web.rental.Pages;

/** The statements that one may see, filtered by what stands in the address. */
@Named
@RequestScoped
public class StatementListView {

    @Inject
    Statements statements;

    private @Nullable String state;
    private @Nullable String q;
    private int page;
    private @Nullable Page<StatementRow> found;

    public Page<StatementRow> getFound() {
        Page<StatementRow> rows = found;
        if (rows == null) {
            Map<String, @Nullable String> filters = new HashMap<>();
            filters.put("state", state);
            rows = statements.list(Pages.query(q, page, filters));
            found = rows;
        }
        return rows;
    }

    public StatementState[] getStates() {
        return StatementState.values();
    }

    public String kind(StatementState of) {
        return switch (of) {
            case METERED -> "mute";
            case AGREED, INVOICED -> "info";
            case PARTIALLY_PAID -> "warn";
            case PAID -> "ok";
        };
    }

    public boolean isMore() {
        return getFound().total() > (page + 1L) * Pages.ROWS;
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}

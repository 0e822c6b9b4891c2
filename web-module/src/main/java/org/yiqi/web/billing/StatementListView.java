package org.yiqi.web.billing;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.StatementRow;
import org.yiqi.billing.StatementState;
import org.yiqi.billing.Statements;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The statements that one may see. */
@Named
@RequestScoped
public class StatementListView extends ListPage<StatementRow> {

    @Inject
    Statements statements;

    private @Nullable String state;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected Page<StatementRow> find(ListQuery query) {
        return statements.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<StatementRow> consumer) {
        statements.export(query, consumer);
    }

    @Override
    protected List<Column<StatementRow>> columns() {
        return List.of(
                column("rental.number", StatementRow::rentalNumber),
                column("rental.unit", s -> s.unit(language.getTag())),
                column("rental.state", s -> texts.get("billing.state." + s.state())),
                column("rental.owner", s -> s.owner(language.getTag())),
                column("rental.lessee", s -> s.lessee(language.getTag())),
                column("billing.drawn-up", StatementRow::createdAt),
                column("rental.total-price", StatementRow::total),
                column("rental.currency", s -> s.total().currency()));
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

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }
}

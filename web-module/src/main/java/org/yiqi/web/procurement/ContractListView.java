package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ContractRow;
import org.yiqi.procurement.Contracts;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** Contracts of the reader's organisation, on either side. */
@Named
@RequestScoped
public class ContractListView extends ListPage<ContractRow> {

    @Inject
    Contracts contracts;

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
    protected Page<ContractRow> find(ListQuery query) {
        return contracts.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<ContractRow> consumer) {
        contracts.export(query, consumer);
    }

    @Override
    protected List<Column<ContractRow>> columns() {
        return List.of(
                column("procurement.number", ContractRow::number),
                column("procurement.contract", ContractRow::title),
                column("procurement.buyer", c -> organisations.name(c.buyerId())),
                column("procurement.contract.supplier", c -> organisations.name(c.supplierId())),
                column("procurement.contract.amount", c -> c.amount().toMoney().amount()),
                column("procurement.currency", c -> c.amount().currency()),
                column("procurement.contract.deliveryBy", ContractRow::deliveryBy),
                column("procurement.state", c -> texts.get("procurement.contractState." + c.state())));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }
}

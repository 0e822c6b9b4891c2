package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.TenderRow;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** Tenders that the reader may see; {@code own=1} shows those of the reader's organisation. */
@Named
@RequestScoped
public class TenderListView extends ListPage<TenderRow> {

    @Inject
    Tenders tenders;

    @Inject
    OrganisationNames organisations;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable String category;
    private @Nullable String own;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("category", category);
        return filters;
    }

    @Override
    protected Map<String, String> manner() {
        return isMine() ? Map.of("own", "1") : Map.of();
    }

    @Override
    protected Page<TenderRow> find(ListQuery query) {
        return caller.isSignedIn() ? tenders.list(scoped(query)) : tenders.published(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<TenderRow> consumer) {
        if (caller.isSignedIn()) {
            tenders.export(scoped(query), consumer);
        } else {
            super.each(query, consumer);
        }
    }

    private ListQuery scoped(ListQuery query) {
        return isMine() ? query.where("buyer", caller.orgId().toString()) : query;
    }

    @Override
    protected List<Column<TenderRow>> columns() {
        return List.of(
                column("procurement.number", TenderRow::number),
                column("procurement.tender", TenderRow::title),
                column("procurement.buyer", t -> organisations.name(t.buyerId())),
                column("procurement.category", t -> texts.get("equipment.category." + t.category())),
                column("procurement.lots", TenderRow::lots),
                column("procurement.ceiling", t -> t.ceiling().toMoney().amount()),
                column("procurement.currency", t -> t.ceiling().currency()),
                column("procurement.deadline", TenderRow::deadline),
                column("procurement.publishedAt", TenderRow::publishedAt),
                column("procurement.state", t -> texts.get("procurement.tenderState." + t.state())));
    }

    public boolean isMine() {
        return "1".equals(own);
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getOwn() {
        return own;
    }

    public void setOwn(@Nullable String own) {
        this.own = own;
    }
}

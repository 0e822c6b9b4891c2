package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The directory: who takes part and how they stand. */
@Named
@RequestScoped
public class OrganisationListView extends ListPage<OrganisationView> {

    private static final List<String> STATUSES = List.of(
            "DRAFT", "SUBMITTED", "REVIEWING", "CORRECTION", "APPROVED", "EXPIRED", "REJECTED", "SUSPENDED", "REVOKED");

    @Inject
    Organisations organisations;

    private @Nullable String kind;
    private @Nullable String status;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("kind", kind);
        filters.put("status", status);
        return filters;
    }

    @Override
    protected Page<OrganisationView> find(ListQuery query) {
        return organisations.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<OrganisationView> consumer) {
        organisations.export(query, consumer);
    }

    @Override
    protected List<Column<OrganisationView>> columns() {
        return List.of(
                column("organisation.name.zh", OrganisationView::nameZh),
                column("organisation.name.en", OrganisationView::nameEn),
                column("organisation.kind", o -> texts.get("organisation.kind." + o.kind())),
                column("organisation.credit-code", OrganisationView::creditCode),
                column("organisation.region", OrganisationView::regionCode),
                column("organisation.address", OrganisationView::address),
                column("organisation.level", OrganisationView::level),
                column("organisation.status", o -> texts.get("organisation.status." + o.status())));
    }

    public OrganisationKind[] getKinds() {
        return OrganisationKind.values();
    }

    public List<String> getStatuses() {
        return STATUSES;
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }

    public @Nullable String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = status;
    }
}

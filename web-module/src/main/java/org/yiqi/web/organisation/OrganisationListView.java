package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    public void export() throws IOException {
        download(
                "organisations",
                List.of("id", "kind", "nameZh", "nameEn", "creditCode", "regionCode", "address", "level", "status"),
                sheet -> organisations.export(
                        query(),
                        o -> sheet.row(
                                o.id(),
                                o.kind(),
                                o.nameZh(),
                                o.nameEn(),
                                o.creditCode(),
                                o.regionCode(),
                                o.address(),
                                o.level(),
                                o.status())));
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

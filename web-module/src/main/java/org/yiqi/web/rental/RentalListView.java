package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.RentalRow;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.api.TableExport;

/** The rentals that one may see, filtered by what stands in the address. */
@Named
@RequestScoped
public class RentalListView {

    private static final List<String> HEADERS =
            List.of("number", "state", "unitZh", "unitEn", "owner", "lessee", "from", "to", "quoted", "currency");

    @Inject
    Rentals rentals;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable String side;
    private @Nullable String q;
    private int page;
    private @Nullable Page<RentalRow> found;

    public Page<RentalRow> getFound() {
        Page<RentalRow> rows = found;
        if (rows == null) {
            rows = rentals.list(query());
            found = rows;
        }
        return rows;
    }

    /** Downloads what is filtered, all of it. */
    public void export() throws IOException {
        ExternalContext out = FacesContext.getCurrentInstance().getExternalContext();
        out.responseReset();
        out.setResponseContentType(TableExport.XLSX);
        out.setResponseHeader("Content-Disposition", "attachment; filename=\"rentals.xlsx\"");
        ListQuery all = query();
        Consumer<Consumer<List<String>>> rows = sheet -> rentals.export(all, r -> sheet.accept(cells(r)));
        new TableExport("rentals", HEADERS, rows).writeXlsx(out.getResponseOutputStream());
        FacesContext.getCurrentInstance().responseComplete();
    }

    private static List<String> cells(RentalRow r) {
        return List.of(
                r.number(),
                r.state().name(),
                r.unitZh(),
                r.unitEn(),
                r.ownerZh(),
                r.lesseeZh(),
                r.from().toString(),
                r.to().toString(),
                r.quoted().amount().toPlainString(),
                r.quoted().currency());
    }

    private ListQuery query() {
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("state", state);
        if ("owner".equals(side) || "lessee".equals(side)) {
            filters.put(side, caller.orgId().toString());
        }
        return Pages.query(q, page, filters);
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

    public @Nullable String getSide() {
        return side;
    }

    public void setSide(@Nullable String side) {
        this.side = side;
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

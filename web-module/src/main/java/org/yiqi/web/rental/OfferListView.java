package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.OfferRow;
import org.yiqi.rental.Offers;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;

/** The offers of one's own organisation; of everyone, for the platform and regulators. */
@Named
@RequestScoped
public class OfferListView {

    @Inject
    Offers offers;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable String q;
    private int page;
    private @Nullable Page<OfferRow> found;

    public Page<OfferRow> getFound() {
        Page<OfferRow> rows = found;
        if (rows == null) {
            Map<String, @Nullable String> filters = new HashMap<>();
            filters.put("state", state);
            filters.put(
                    "owner",
                    caller.scope().name().equals("MEMBER") ? caller.orgId().toString() : null);
            rows = offers.list(Pages.query(q, page, filters));
            found = rows;
        }
        return rows;
    }

    public boolean isMore() {
        return getFound().total() > (page + 1L) * Pages.ROWS;
    }

    public String publish(UUID id) {
        offers.publish(id);
        return done();
    }

    public String pause(UUID id) {
        offers.pause(id);
        return done();
    }

    public String withdraw(UUID id) {
        offers.withdraw(id);
        return done();
    }

    private static String done() {
        return "/rental/offers?faces-redirect=true";
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

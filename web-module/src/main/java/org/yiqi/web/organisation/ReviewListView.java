package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.RenewalView;
import org.yiqi.organisation.Renewals;
import org.yiqi.organisation.ReviewView;
import org.yiqi.organisation.Reviews;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The queue of reviews, and whose credentials end soon. */
@Named
@RequestScoped
public class ReviewListView extends ListPage<ReviewView> {

    private static final String EVERY_STATUS = "ALL";
    private static final List<String> OPEN = List.of("SUBMITTED", "REVIEWING", "CORRECTION");
    private static final List<String> STATUSES =
            List.of("SUBMITTED", "REVIEWING", "CORRECTION", "APPROVED", "REJECTED");

    @Inject
    Reviews reviews;

    @Inject
    Renewals renewals;

    private @Nullable String status;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("status", status);
        return filters;
    }

    /** Unless a status is asked for, what is not decided. */
    @Override
    protected ListQuery query() {
        ListQuery asked = super.query();
        if (status != null && !EVERY_STATUS.equals(status)) {
            return asked;
        }
        Map<String, List<String>> filters = new HashMap<>(asked.filters());
        filters.remove("status");
        if (status == null) {
            filters.put("status", OPEN);
        }
        return new ListQuery(asked.limit(), asked.offset(), null, asked.sort(), asked.q(), filters);
    }

    @Override
    protected Page<ReviewView> find(ListQuery query) {
        return reviews.list(query);
    }

    @Override
    protected List<Column<ReviewView>> columns() {
        return List.of(
                column("organisation.name", r -> r.name(language.getTag())),
                column("organisation.kind", r -> texts.get("organisation.kind." + r.organisationKind())),
                column("organisation.review.kind", r -> texts.get("organisation.review." + r.kind())),
                column("organisation.submitted", ReviewView::submittedAt),
                column("organisation.claimed-by", ReviewView::claimedByName),
                column("organisation.status", r -> texts.get("organisation.status." + r.status())));
    }

    public List<RenewalView> getRenewals() {
        return renewals.list(ListQuery.all()).items();
    }

    public List<String> getStatuses() {
        return STATUSES;
    }

    public @Nullable String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = status == null || status.isBlank() ? null : status;
    }
}

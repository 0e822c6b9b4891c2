package org.yiqi.web.maintenance;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;

/** Preventive plans, soonest due first. */
@Named
@RequestScoped
public class PlanListView {

    private static final int ROWS = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Plans plans;

    private String q = "";
    private String overdue = "";
    private int first;
    private @Nullable Page<PlanView> page;

    @PostConstruct
    void read() {
        String text = request.getParameter("q");
        q = text == null ? "" : text;
        overdue = "true".equals(request.getParameter("overdue")) ? "true" : "";
        String from = request.getParameter("first");
        first = from != null && from.matches("[0-9]{1,6}") ? Integer.parseInt(from) : 0;
    }

    public Page<PlanView> getPage() {
        Page<PlanView> found = page;
        if (found == null) {
            Map<String, List<String>> filters = new HashMap<>();
            filters.put("active", List.of("true"));
            if (!overdue.isEmpty()) {
                filters.put("overdue", List.of("true"));
            }
            try {
                found = plans.list(
                        new ListQuery(ROWS, first, null, List.of("nextDue"), q.isBlank() ? null : q, filters));
            } catch (RuleViolation e) {
                found = new Page<>(List.of(), null, 0);
            }
            page = found;
        }
        return found;
    }

    public int getFirst() {
        return first;
    }

    public int getNext() {
        return first + ROWS < getPage().total() ? first + ROWS : 0;
    }

    public int getTo() {
        return first + getPage().items().size();
    }

    public String getQ() {
        return q;
    }

    public String getOverdue() {
        return overdue;
    }
}

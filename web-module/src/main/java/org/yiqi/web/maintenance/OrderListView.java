package org.yiqi.web.maintenance;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrderKind;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;

/** Work orders as a list or a board; what is shown is in the address. */
@Named
@RequestScoped
public class OrderListView {

    static final int ROWS = 25;
    private static final int CARDS = 200;
    private static final Set<String> FILTERS = Set.of("state", "kind", "level", "late", "open", "unit", "service");

    @Inject
    HttpServletRequest request;

    @Inject
    WorkOrders orders;

    @Inject
    OrderActs acts;

    private Map<String, String> filters = new LinkedHashMap<>();
    private String q = "";
    private String view = "list";
    private int first;
    private @Nullable Page<WorkOrderView> page;
    private @Nullable List<Column> columns;

    /** One column of the board. */
    public record Column(String key, List<Card> cards) {}

    /** One order on the board and what may be done with it from here. */
    public record Card(WorkOrderView order, List<String> acts) {}

    @PostConstruct
    void read() {
        for (String name : FILTERS) {
            String value = request.getParameter(name);
            if (value != null && !value.isBlank()) {
                filters.put(name, value.strip());
            }
        }
        q = text(request.getParameter("q"));
        view = "board".equals(request.getParameter("view")) ? "board" : "list";
        try {
            first = Math.max(0, Math.min(1_000_000, Integer.parseInt(text(request.getParameter("first")))));
        } catch (NumberFormatException e) {
            first = 0;
        }
    }

    public Page<WorkOrderView> getPage() {
        Page<WorkOrderView> found = page;
        if (found == null) {
            found = load(new ListQuery(ROWS, first, null, List.of(), q.isBlank() ? null : q, values()));
            page = found;
        }
        return found;
    }

    /** The open orders by where they stand, most urgent first. */
    public List<Column> getColumns() {
        List<Column> found = columns;
        if (found == null) {
            Map<String, List<String>> values = new HashMap<>(values());
            values.remove("state");
            values.put(
                    "state",
                    List.of(
                            "REQUESTED",
                            "TRIAGED",
                            "DISPATCHED",
                            "ACCEPTED",
                            "EN_ROUTE",
                            "IN_PROGRESS",
                            "WAITING_PARTS",
                            "WAITING_SITE",
                            "REPAIRED",
                            "VERIFIED",
                            "RELEASED"));
            List<WorkOrderView> cards = load(new ListQuery(
                            CARDS, 0, null, List.of("-priority", "requestedAt"), q.isBlank() ? null : q, values))
                    .items();
            Map<String, List<Card>> sorted = new LinkedHashMap<>();
            for (String key : List.of(
                    "requested", "triaged", "dispatched", "accepted", "working", "waiting", "check", "released")) {
                sorted.put(key, new ArrayList<>());
            }
            cards.forEach(o -> {
                List<Card> column = sorted.get(column(o.state()));
                if (column != null) {
                    column.add(new Card(o, acts.of(o)));
                }
            });
            found = sorted.entrySet().stream()
                    .map(e -> new Column(e.getKey(), List.copyOf(e.getValue())))
                    .toList();
            columns = found;
        }
        return found;
    }

    static String column(WorkOrderState state) {
        return switch (state) {
            case REQUESTED -> "requested";
            case TRIAGED -> "triaged";
            case DISPATCHED -> "dispatched";
            case ACCEPTED, EN_ROUTE -> "accepted";
            case IN_PROGRESS -> "working";
            case WAITING_PARTS, WAITING_SITE -> "waiting";
            case REPAIRED, VERIFIED -> "check";
            case RELEASED -> "released";
            case CLOSED, CANCELLED -> "closed";
        };
    }

    private Page<WorkOrderView> load(ListQuery query) {
        try {
            return orders.list(query);
        } catch (RuleViolation e) {
            // A hand-made address with a value that is none: nothing matches it.
            return new Page<>(List.of(), null, 0);
        }
    }

    private Map<String, List<String>> values() {
        Map<String, List<String>> values = new HashMap<>();
        filters.forEach((name, value) -> values.put(name, List.of(value.split(",", -1))));
        return values;
    }

    public String getQ() {
        return q;
    }

    public String getView() {
        return view;
    }

    public String filter(String name) {
        return filters.getOrDefault(name, "");
    }

    public boolean isFiltered() {
        return !filters.isEmpty() || !q.isBlank();
    }

    public WorkOrderState[] getStates() {
        return WorkOrderState.values();
    }

    public WorkOrderKind[] getKinds() {
        return WorkOrderKind.values();
    }

    public int getFrom() {
        return getPage().items().isEmpty() ? 0 : first + 1;
    }

    public int getTo() {
        return first + getPage().items().size();
    }

    /** The same address with the rows before or after; empty where there are none. */
    public String link(String which) {
        int wanted = which.equals("next") ? first + ROWS : first - ROWS;
        if (wanted <= -ROWS || wanted >= getPage().total() || which.equals("next") == (wanted <= first)) {
            return "";
        }
        return address(view, Math.max(0, wanted));
    }

    public String viewLink(String other) {
        return address(other, 0);
    }

    private String address(String as, int from) {
        StringBuilder out = new StringBuilder("/maintenance/orders?view=").append(as);
        filters.forEach(
                (name, value) -> out.append('&').append(name).append('=').append(encode(value)));
        if (!q.isBlank()) {
            out.append("&q=").append(encode(q));
        }
        if (from > 0) {
            out.append("&first=").append(from);
        }
        return out.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}

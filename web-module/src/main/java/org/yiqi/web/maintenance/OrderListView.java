package org.yiqi.web.maintenance;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.DeviceNames;
import org.yiqi.web.shell.ListPage;

/** Work orders as a list or a board; what is shown is in the address. */
@Named
@RequestScoped
public class OrderListView extends ListPage<WorkOrderView> {

    private static final int CARDS = 200;
    private static final Set<String> FILTERS = Set.of("state", "kind", "level", "late", "open", "unit", "service");

    @Inject
    HttpServletRequest request;

    @Inject
    WorkOrders orders;

    @Inject
    OrderActs acts;

    @Inject
    OrderLook look;

    @Inject
    DeviceNames devices;

    private final Map<String, @Nullable String> filters = new LinkedHashMap<>();
    private String view = "list";
    private @Nullable List<Lane> lanes;

    /** One column of the board. */
    public record Lane(String key, List<Card> cards) {}

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
        view = "board".equals(request.getParameter("view")) ? "board" : "list";
    }

    @Override
    protected Map<String, @Nullable String> filters() {
        return filters;
    }

    @Override
    protected Map<String, String> manner() {
        return Map.of("view", view);
    }

    /** A filter may name several values, divided by commas. */
    @Override
    protected ListQuery query() {
        ListQuery asked = super.query();
        return new ListQuery(asked.limit(), asked.offset(), null, asked.sort(), asked.q(), values());
    }

    @Override
    protected Page<WorkOrderView> find(ListQuery query) {
        return orders.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<WorkOrderView> consumer) {
        orders.export(query, consumer);
    }

    @Override
    protected List<Column<WorkOrderView>> columns() {
        return List.of(
                column("maintenance.number", WorkOrderView::number),
                column(
                        "maintenance.unit",
                        o -> devices.name(o.unit().id(), o.unit().modelName())),
                column("maintenance.tag", o -> o.unit().assetTag()),
                column("maintenance.serial", o -> o.unit().serial()),
                column("maintenance.fault", o -> texts.get("maintenance.symptom." + o.symptom())),
                column("maintenance.priority", o -> o.priority().level()),
                column("maintenance.state", o -> texts.get("maintenance.state." + o.state())),
                column("maintenance.service", o -> look.org(o.serviceOrgId())),
                column("maintenance.requested", o -> o.times().requestedAt()),
                column("maintenance.fixBy", o -> o.times().fixBy()),
                column("maintenance.released", o -> o.times().releasedAt()),
                column("maintenance.downtime", look::downtime));
    }

    /** The open orders by where they stand, most urgent first. */
    public List<Lane> getLanes() {
        List<Lane> found = lanes;
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
            List<WorkOrderView> cards = orders.list(
                            new ListQuery(CARDS, 0, null, List.of("-priority", "requestedAt"), getQ(), values))
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
                    .map(e -> new Lane(e.getKey(), List.copyOf(e.getValue())))
                    .toList();
            lanes = found;
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

    private Map<String, List<String>> values() {
        Map<String, List<String>> values = new HashMap<>();
        filters.forEach(
                (name, value) -> values.put(name, List.of(String.valueOf(value).split(",", -1))));
        return values;
    }

    public String getView() {
        return view;
    }

    /** What is asked for of a filter, or nothing. */
    public String filter(String name) {
        String value = filters.get(name);
        return value == null ? "" : value;
    }

    public WorkOrderState[] getStates() {
        return WorkOrderState.values();
    }

    /** The same filters seen as list or board. */
    public String viewLink(String other) {
        String here = toPage(1);
        return here.replace("view=" + view, "view=" + other);
    }
}

package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.AffectedBooking;
import org.yiqi.maintenance.AttachmentView;
import org.yiqi.maintenance.PartUseView;
import org.yiqi.maintenance.StepView;
import org.yiqi.maintenance.TestLine;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.problem.NotFound;

/** One work order: where it stands, what happened, what the viewer does next. */
@Named
@ViewScoped
public class OrderPage implements Serializable {

    private static final List<WorkOrderState> STEPS = List.of(
            WorkOrderState.REQUESTED,
            WorkOrderState.TRIAGED,
            WorkOrderState.DISPATCHED,
            WorkOrderState.ACCEPTED,
            WorkOrderState.IN_PROGRESS,
            WorkOrderState.REPAIRED,
            WorkOrderState.VERIFIED,
            WorkOrderState.RELEASED,
            WorkOrderState.CLOSED);

    @Inject
    WorkOrders orders;

    @Inject
    OrderActs acts;

    private String id = "";
    private @Nullable String act;
    private transient @Nullable WorkOrderView order;

    public WorkOrderView getOrder() {
        WorkOrderView found = order;
        if (found == null) {
            found = orders.get(uuid());
            order = found;
        }
        return found;
    }

    UUID uuid() {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("maintenance.order-not-found", "No such work order");
        }
    }

    public List<StepView> getSteps() {
        List<StepView> steps = orders.steps(uuid());
        return steps.stream().sorted((a, b) -> b.at().compareTo(a.at())).toList();
    }

    public List<TestLine> getTests() {
        return orders.tests(uuid());
    }

    public List<PartUseView> getParts() {
        return orders.parts(uuid());
    }

    public List<AttachmentView> getFiles() {
        return orders.attachments(uuid());
    }

    public List<AffectedBooking> getBookings() {
        return orders.bookings(uuid());
    }

    public List<WorkOrderState> getMilestones() {
        return STEPS;
    }

    /** done, now or nothing: the look of a step of the way. */
    public String milestoneClass(WorkOrderState step) {
        WorkOrderState state = getOrder().state();
        if (state == WorkOrderState.CANCELLED) {
            return "";
        }
        WorkOrderState near =
                switch (state) {
                    case EN_ROUTE -> WorkOrderState.ACCEPTED;
                    case WAITING_PARTS, WAITING_SITE -> WorkOrderState.IN_PROGRESS;
                    default -> state;
                };
        int at = STEPS.indexOf(near);
        int mine = STEPS.indexOf(step);
        return mine < at || state == WorkOrderState.CLOSED ? "done" : mine == at ? "now" : "";
    }

    /** What the viewer may do, the most likely first. */
    public List<String> getActs() {
        return acts.of(getOrder());
    }

    /** The act whose form is open: the one that the address names, or the first. */
    public String getAct() {
        List<String> possible = getActs();
        String wanted = act;
        if (wanted != null && possible.contains(wanted)) {
            return wanted;
        }
        return possible.isEmpty() ? "" : possible.get(0);
    }

    /** The act that the address names. Faces reads it before it has told which order is meant, so it asks nothing of the order. */
    public @Nullable String getWanted() {
        return act;
    }

    public void setWanted(@Nullable String act) {
        this.act = act;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }
}

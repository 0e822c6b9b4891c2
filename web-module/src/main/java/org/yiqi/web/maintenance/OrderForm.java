package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Dispatching;
import org.yiqi.maintenance.Handbacks;
import org.yiqi.maintenance.Repairs;
import org.yiqi.maintenance.VendorSuggestion;
import org.yiqi.maintenance.WaitReason;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;

/** The acts on a work order's page. Each works on the version that the page showed and comes back to the page. */
@Named
@ViewScoped
public class OrderForm implements Serializable {

    @Inject
    OrderPage page;

    @Inject
    WorkOrders orders;

    @Inject
    Dispatching dispatching;

    @Inject
    Repairs repairs;

    @Inject
    Handbacks handbacks;

    private @Nullable Long seen;
    private @Nullable Integer risk;
    private @Nullable Integer downtime;
    private @Nullable Integer rating;
    private String serviceOrgId = "";
    private String reason = "";
    private String purchaseOrder = "";
    private WaitReason what = WaitReason.PARTS;
    private transient @Nullable List<VendorSuggestion> suggestions;

    /** Remembers what the page shows; runs when it is opened. */
    public void open() {
        WorkOrderView order = page.getOrder();
        seen = order.version();
        risk = order.priority().risk();
        downtime = order.priority().downtime();
        if (page.getAct().equals("dispatch")) {
            getSuggestions().stream()
                    .findFirst()
                    .ifPresent(s -> serviceOrgId = s.orgId().toString());
        }
    }

    public List<VendorSuggestion> getSuggestions() {
        List<VendorSuggestion> found = suggestions;
        if (found == null) {
            found = dispatching.suggestions(page.uuid());
            suggestions = found;
        }
        return found;
    }

    public String triage() {
        dispatching.triage(page.uuid(), seen, risk, downtime, reason);
        return again();
    }

    public String dispatch() {
        dispatching.dispatch(page.uuid(), seen, serviceOrgId.isEmpty() ? null : UUID.fromString(serviceOrgId));
        return again();
    }

    public String accept() {
        repairs.accept(page.uuid(), seen);
        return again();
    }

    public String decline() {
        repairs.decline(page.uuid(), seen, reason);
        return "/maintenance/orders?faces-redirect=true";
    }

    public String depart() {
        repairs.depart(page.uuid(), seen);
        return again();
    }

    public String start() {
        repairs.start(page.uuid(), seen);
        return again();
    }

    public String pause() {
        repairs.pause(page.uuid(), seen, what, reason, purchaseOrder);
        return again();
    }

    public String resume() {
        repairs.resume(page.uuid(), seen);
        return again();
    }

    public String verify() {
        handbacks.verify(page.uuid(), seen);
        return again();
    }

    public String refuse() {
        handbacks.refuse(page.uuid(), seen, reason);
        return again();
    }

    public String release() {
        handbacks.release(page.uuid(), seen);
        return again();
    }

    public String close() {
        handbacks.close(page.uuid(), seen, rating, reason);
        return again();
    }

    public String cancel() {
        orders.cancel(page.uuid(), seen, reason);
        return again();
    }

    private String again() {
        return "/maintenance/order?faces-redirect=true&id=" + page.getId();
    }

    public @Nullable Integer getRisk() {
        return risk;
    }

    public void setRisk(@Nullable Integer risk) {
        this.risk = risk;
    }

    public @Nullable Integer getDowntime() {
        return downtime;
    }

    public void setDowntime(@Nullable Integer downtime) {
        this.downtime = downtime;
    }

    public @Nullable Integer getRating() {
        return rating;
    }

    public void setRating(@Nullable Integer rating) {
        this.rating = rating;
    }

    public String getServiceOrgId() {
        return serviceOrgId;
    }

    public void setServiceOrgId(String serviceOrgId) {
        this.serviceOrgId = serviceOrgId;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getPurchaseOrder() {
        return purchaseOrder;
    }

    public void setPurchaseOrder(@Nullable String purchaseOrder) {
        this.purchaseOrder = purchaseOrder == null ? "" : purchaseOrder;
    }

    public WaitReason getWhat() {
        return what;
    }

    public void setWhat(WaitReason what) {
        this.what = what;
    }
}

package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AwardNotice;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.ComplaintState;
import org.yiqi.procurement.ComplaintView;
import org.yiqi.procurement.Complaints;
import org.yiqi.procurement.Remedy;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** One complaint: for its bidder to follow or take back, for a regulator to decide. */
@Named
@ViewScoped
public class ComplaintPage implements Serializable {

    @Inject
    Complaints complaints;

    @Inject
    Tenders tenders;

    @Inject
    Awards awards;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable ComplaintView complaint;
    private @Nullable TenderView tender;
    private @Nullable AwardNotice notice;
    private @Nullable Remedy remedy;
    private String reason = "";

    /** Reads the complaint of the address. */
    public void open() {
        try {
            ComplaintView seen = complaints.get(UUID.fromString(id));
            complaint = seen;
            tender = tenders.notice(seen.tenderId());
            notice = awards.notices(seen.tenderId()).stream()
                    .filter(each -> each.id().equals(seen.noticeId()))
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.complaint-not-found", "No such complaint", e);
        }
    }

    public String withdraw() {
        ComplaintView seen = shown();
        complaints.withdraw(seen.id(), seen.version());
        return again();
    }

    public String decide() {
        ComplaintView seen = shown();
        complaints.decide(seen.id(), seen.version(), remedy, reason);
        return again();
    }

    private String again() {
        return "/procurement/complaint?faces-redirect=true&id=" + id;
    }

    private ComplaintView shown() {
        ComplaintView seen = complaint;
        if (seen == null) {
            throw new NotFound("procurement.complaint-not-found", "No such complaint");
        }
        return seen;
    }

    public boolean isOpen() {
        return shown().state() == ComplaintState.OPEN;
    }

    public boolean isMine() {
        return shown().bidder().equals(caller.orgId());
    }

    public @Nullable ComplaintView getComplaint() {
        return complaint;
    }

    public @Nullable TenderView getTender() {
        return tender;
    }

    public @Nullable AwardNotice getNotice() {
        return notice;
    }

    public Remedy[] getRemedies() {
        return Remedy.values();
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public @Nullable Remedy getRemedy() {
        return remedy;
    }

    public void setRemedy(@Nullable Remedy remedy) {
        this.remedy = remedy;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}

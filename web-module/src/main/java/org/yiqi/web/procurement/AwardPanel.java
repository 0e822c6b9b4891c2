package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AwardNotice;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.ComplaintView;
import org.yiqi.procurement.Complaints;
import org.yiqi.procurement.ContractRow;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.NoticeState;
import org.yiqi.procurement.TenderView;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Caller;

/** The award notices of a tender, as everybody reads them, with what the reader can do about each. */
@Named
@ViewScoped
public class AwardPanel implements Serializable {

    @Inject
    Awards awards;

    @Inject
    Complaints complaints;

    @Inject
    Contracts contracts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private @Nullable List<AwardNotice> notices;
    private @Nullable List<ContractRow> agreed;
    private String grounds = "";

    /** The notices of a published tender, lot by lot. */
    public List<AwardNotice> notices(TenderView tender) {
        if (tender.publishedAt() == null) {
            return List.of();
        }
        List<AwardNotice> read = notices;
        if (read == null) {
            read = awards.notices(tender.id());
            notices = read;
        }
        return read;
    }

    /** Whether the buyer waits for nothing any more and signs. */
    public boolean confirmable(TenderView tender, AwardNotice notice) {
        return buys(tender)
                && caller.has("SIGNATORY")
                && notice.state() == NoticeState.STANDSTILL
                && !clock.instant().isBefore(notice.standstillUntil());
    }

    /** Whether the reader may still complain: a supplier that has not; whether it has bid is asked when it does. */
    public boolean complainable(AwardNotice notice) {
        boolean inTime = notice.state() == NoticeState.SUSPENDED
                || (notice.state() == NoticeState.STANDSTILL && clock.instant().isBefore(notice.standstillUntil()));
        return caller.isSignedIn()
                && caller.has("SUPPLIER")
                && inTime
                && !notice.bidder().equals(caller.orgId())
                && notice.complaints().stream().noneMatch(each -> each.bidder().equals(caller.orgId()));
    }

    /** Whether the reader may open a complaint's own page. */
    public boolean readable(ComplaintView complaint) {
        return caller.isSignedIn() && !complaint.grounds().isEmpty();
    }

    /** Whether the buyer can draft the contract of a final award. */
    public boolean contractable(TenderView tender, AwardNotice notice) {
        return buys(tender)
                && caller.has("EQUIPMENT")
                && notice.state() == NoticeState.AWARDED
                && contract(tender, notice) == null;
    }

    /** The contract of an award that the reader may read, or null. */
    public @Nullable ContractRow contract(TenderView tender, AwardNotice notice) {
        if (!caller.isSignedIn() || notice.state() != NoticeState.AWARDED) {
            return null;
        }
        List<ContractRow> read = agreed;
        if (read == null) {
            read = contracts
                    .list(new ListQuery(
                            200,
                            0,
                            null,
                            List.of(),
                            null,
                            Map.of("tender", List.of(tender.id().toString()))))
                    .items();
            agreed = read;
        }
        return read.stream()
                .filter(each -> notice.lot().equals(each.lot()) && each.isCurrent())
                .findFirst()
                .orElse(null);
    }

    public String confirm(UUID tender, String lot) {
        awards.confirm(tender, lot);
        return "/procurement/evaluation?faces-redirect=true&tender=" + tender;
    }

    public String complain(UUID tender, String lot) {
        ComplaintView made = complaints.complain(tender, lot, grounds);
        return "/procurement/complaint?faces-redirect=true&id=" + made.id();
    }

    private boolean buys(TenderView tender) {
        return caller.isSignedIn() && tender.buyerId().equals(caller.orgId());
    }

    public String getGrounds() {
        return grounds;
    }

    public void setGrounds(@Nullable String grounds) {
        this.grounds = grounds == null ? "" : grounds;
    }
}

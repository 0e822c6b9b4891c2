package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.oversight.Proofs;
import org.yiqi.procurement.BidView;
import org.yiqi.procurement.Bids;
import org.yiqi.procurement.Criterion;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.problem.NotFound;

/** A supplier's room for one tender: what it has submitted, and the form that seals in the browser. */
@Named
@ViewScoped
public class BidRoomPage implements Serializable {

    @Inject
    Bids bids;

    @Inject
    Tenders tenders;

    @Inject
    Proofs proofs;

    private String tender = "";
    private @Nullable TenderView notice;
    private @Nullable SealTerms terms;
    private List<BidView> own = List.of();
    private int count;

    /** Reads the tender of the address. */
    public void open() {
        UUID id = id(tender);
        notice = tenders.notice(id);
        terms = bids.terms(id);
        own = bids.own(id);
        count = bids.count(id);
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.tender-not-found", "No such tender", e);
        }
    }

    /** The tender's proof, from which the offline tool takes the openers' keys. */
    public void download() throws IOException {
        Faces.sendFile(proofs.bundle("tender:" + id(tender), null), "tender-" + tender + ".zip", true);
    }

    /** What the browser seals for: canonical JSON. */
    public String getSealTerms() {
        SealTerms it = terms;
        if (it == null) {
            return "{}";
        }
        Map<String, Object> openers = new LinkedHashMap<>();
        it.openers()
                .forEach((envelope, list) -> openers.put(
                        envelope,
                        list.stream()
                                .map(o -> Map.of("key", o.key(), "org", o.org().toString()))
                                .toList()));
        return CanonicalJson.write(Map.of(
                "deadline", it.deadline().toString(),
                "envelopes", it.envelopes(),
                "openers", openers,
                "tender", it.tender().toString(),
                "terms", it.terms(),
                "threshold", Integer.toString(it.threshold())));
    }

    /** Lots that the organisation has no bid for. */
    public List<String> getFreeLots() {
        SealTerms it = terms;
        List<String> free = new ArrayList<>(it == null ? List.of() : it.lots());
        own.stream().filter(bid -> bid.state() != BidView.State.WITHDRAWN).forEach(bid -> free.remove(bid.lot()));
        return free;
    }

    /** Bids that can still be finished or replaced. */
    public List<BidView> getUnfinished() {
        return own.stream()
                .filter(bid -> bid.state() != BidView.State.WITHDRAWN)
                .toList();
    }

    public @Nullable TenderView getNotice() {
        return notice;
    }

    /** Whether bids say what the device costs over its life: by a criterion of the tender. */
    public boolean isLifeCycle() {
        TenderView it = notice;
        return it != null && it.terms().criteria().stream().anyMatch(c -> c.kind() == Criterion.Kind.LIFE_CYCLE_COST);
    }

    public @Nullable SealTerms getTerms() {
        return terms;
    }

    public boolean isTwoEnvelopes() {
        SealTerms it = terms;
        return it != null && it.envelopes().size() > 1;
    }

    public List<BidView> getOwn() {
        return own;
    }

    public int getCount() {
        return count;
    }

    public String getTender() {
        return tender;
    }

    public void setTender(@Nullable String tender) {
        this.tender = tender == null ? "" : tender;
    }
}

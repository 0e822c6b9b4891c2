package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.procurement.AwardNotice;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.BidComparison;
import org.yiqi.procurement.DrawView;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.EvaluationReports;
import org.yiqi.procurement.EvaluationState;
import org.yiqi.procurement.EvaluationView;
import org.yiqi.procurement.Evaluations;
import org.yiqi.procurement.Lot;
import org.yiqi.procurement.LowPriceView;
import org.yiqi.procurement.Panels;
import org.yiqi.procurement.SeatView;
import org.yiqi.procurement.TenderState;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** The judging of one tender: panel and draw, how far the sheets are, the ranking, and the buyer's next step. */
@Named
@ViewScoped
public class EvaluationPage implements Serializable {

    @Inject
    Tenders tenders;

    @Inject
    Panels panels;

    @Inject
    Evaluations evaluations;

    @Inject
    Awards awards;

    @Inject
    EvaluationReports reports;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable TenderView tender;
    private @Nullable EvaluationView view;
    private List<DrawView> draws = List.of();
    private List<AwardNotice> notices = List.of();
    private List<BidComparison> comparisons = List.of();
    private String word = "";
    private List<String> representatives = List.of();
    private String reason = "";
    private @Nullable EndReason failedAs;

    /** Reads the tender of the address. */
    public void open() {
        UUID tenderId = BidRoomPage.id(id);
        TenderView seen = tenders.get(tenderId);
        tender = seen;
        draws = panels.draws(tenderId);
        notices = seen.publishedAt() == null ? List.of() : awards.notices(tenderId);
        try {
            view = evaluations.view(tenderId);
            comparisons = reports.compare(tenderId);
        } catch (NotFound notYet) {
            view = null;
        }
    }

    public String draw() {
        TenderView seen = seen();
        panels.draw(
                seen.id(),
                seen.version(),
                word,
                representatives.stream().map(UUID::fromString).toList());
        return again();
    }

    public String replace() {
        panels.replaceSilent(seen().id());
        return again();
    }

    public String accept() {
        panels.accept(seen().id(), true);
        return again();
    }

    public String leave() {
        panels.leave(seen().id(), reason);
        return again();
    }

    public String score() {
        evaluations.score(seen().id());
        return again();
    }

    public String price() {
        evaluations.price(seen().id());
        return again();
    }

    public String rank() {
        evaluations.rank(seen().id());
        return again();
    }

    public String decide(UUID bid, boolean accepted) {
        evaluations.decide(seen().id(), bid, accepted, reason);
        return again();
    }

    public String announce(String lot, UUID bid) {
        awards.announce(seen().id(), lot, bid, reason);
        return again();
    }

    public String fail(String lot) {
        EndReason why = failedAs;
        if (why != null) {
            awards.fail(seen().id(), lot, why, reason);
        }
        return again();
    }

    private TenderView seen() {
        TenderView seen = tender;
        if (seen == null) {
            throw new NotFound("procurement.tender-not-found", "No such tender");
        }
        return seen;
    }

    private String again() {
        return "/procurement/evaluation?faces-redirect=true&tender=" + id;
    }

    public boolean isMine() {
        TenderView seen = tender;
        return seen != null && seen.buyerId().equals(caller.orgId());
    }

    /** Whether the panel can be drawn now. */
    public boolean isDrawable() {
        TenderView seen = tender;
        return isMine() && view == null && seen != null && seen.state() == TenderState.OPENED;
    }

    public boolean at(String state) {
        EvaluationView seen = view;
        return seen != null && seen.state() == EvaluationState.valueOf(state);
    }

    /** The caller's seat, or null. */
    public @Nullable SeatView getSeat() {
        EvaluationView seen = view;
        return seen == null
                ? null
                : seen.seats().stream()
                        .filter(seat -> caller.personId().equals(seat.personId()))
                        .findFirst()
                        .orElse(null);
    }

    public boolean isInvited() {
        SeatView seat = getSeat();
        return seat != null && seat.state() == SeatView.State.INVITED;
    }

    public boolean isSeated() {
        SeatView seat = getSeat();
        return seat != null && seat.state() == SeatView.State.ACCEPTED;
    }

    public boolean isChair() {
        SeatView seat = getSeat();
        return isSeated() && seat != null && seat.number() == 1 && at("PRICED");
    }

    /** Whether a lot waits for the buyer's decision: neither decided nor under notice. */
    public boolean undecided(String lot) {
        EvaluationView seen = view;
        return at("RANKED")
                && seen != null
                && notices.stream().noneMatch(each -> each.lot().equals(lot) && each.isOpen())
                && seen.decisions().stream().noneMatch(each -> each.lot().equals(lot));
    }

    /** Whether a bid may be announced as the winner: an award that was withdrawn does not come back. */
    public boolean announceable(String lot, UUID bid) {
        return undecided(lot) && notices.stream().noneMatch(each -> each.bid().equals(bid));
    }

    public EvaluationView.@Nullable Decision decision(String lot) {
        EvaluationView seen = view;
        return seen == null
                ? null
                : seen.decisions().stream()
                        .filter(each -> each.lot().equals(lot))
                        .findFirst()
                        .orElse(null);
    }

    public @Nullable LotResult result(Lot lot) {
        EvaluationView seen = view;
        return seen == null ? null : seen.result(lot.code());
    }

    /** The lot's bids side by side, or null while scores do not show. */
    public @Nullable BidComparison comparison(String lot) {
        return comparisons.stream()
                .filter(each -> each.lot().equals(lot))
                .findFirst()
                .orElse(null);
    }

    public @Nullable Money money(@Nullable Long minor) {
        return minor == null ? null : Money.ofMinor(minor, seen().currency());
    }

    public @Nullable UUID bidder(UUID bid) {
        EvaluationView seen = view;
        return seen == null ? null : seen.bidder(bid);
    }

    /** Whether the chair has still to decide about a low price. */
    public boolean open(LowPriceView question) {
        return isChair() && question.accepted() == null;
    }

    public List<EndReason> getFailures() {
        return Arrays.stream(EndReason.values()).filter(each -> !each.cancels()).toList();
    }

    public EvaluationState[] getStates() {
        return EvaluationState.values();
    }

    public @Nullable TenderView getTenderView() {
        return tender;
    }

    public @Nullable EvaluationView getView() {
        return view;
    }

    public List<DrawView> getDraws() {
        return draws;
    }

    public String getTender() {
        return id;
    }

    public void setTender(@Nullable String tenderId) {
        this.id = tenderId == null ? "" : tenderId;
    }

    public String getWord() {
        return word;
    }

    public void setWord(@Nullable String word) {
        this.word = word == null ? "" : word;
    }

    public List<String> getRepresentatives() {
        return representatives;
    }

    public void setRepresentatives(@Nullable List<String> representatives) {
        this.representatives = representatives == null ? List.of() : List.copyOf(representatives);
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public @Nullable EndReason getFailedAs() {
        return failedAs;
    }

    public void setFailedAs(@Nullable EndReason failedAs) {
        this.failedAs = failedAs;
    }
}

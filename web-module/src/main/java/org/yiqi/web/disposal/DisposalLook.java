package org.yiqi.web.disposal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.disposal.AuctionState;
import org.yiqi.disposal.Cause;
import org.yiqi.disposal.CertificateKind;
import org.yiqi.disposal.DisposalState;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.DisposalView.ApprovalState;
import org.yiqi.disposal.Estimate;
import org.yiqi.disposal.MaterialKind;
import org.yiqi.disposal.MediumKind;
import org.yiqi.disposal.Method;
import org.yiqi.disposal.Outcome;
import org.yiqi.disposal.Signal;
import org.yiqi.disposal.Way;
import org.yiqi.disposal.WipeMethod;
import org.yiqi.shared.Money;
import org.yiqi.web.shell.Texts;

/** How disposals and auctions look and read. */
@Named("disposalLook")
@RequestScoped
public class DisposalLook {

    private static final Pattern ASSUMED = Pattern.compile("assumption: ([0-9.]+) kg CO2e per kg of device");

    /** The way of a disposal as people see it, each step with the state that begins it. */
    private static final List<DisposalState> SALE = List.of(
            DisposalState.PROPOSED,
            DisposalState.VALUED,
            DisposalState.APPROVED,
            DisposalState.AUTHORISED,
            DisposalState.LISTED,
            DisposalState.PAID,
            DisposalState.HANDED_OVER,
            DisposalState.COMPLETED);

    private static final List<DisposalState> REFURBISHMENT = List.of(
            DisposalState.PROPOSED,
            DisposalState.VALUED,
            DisposalState.APPROVED,
            DisposalState.REFURBISHING,
            DisposalState.COMPLETED);

    private static final List<DisposalState> DISMANTLING = List.of(
            DisposalState.PROPOSED,
            DisposalState.VALUED,
            DisposalState.APPROVED,
            DisposalState.AUTHORISED,
            DisposalState.DISMANTLED,
            DisposalState.COMPLETED);

    private static final List<DisposalState> GIFT = List.of(
            DisposalState.PROPOSED,
            DisposalState.VALUED,
            DisposalState.APPROVED,
            DisposalState.AUTHORISED,
            DisposalState.AWARDED,
            DisposalState.TAKEN,
            DisposalState.COMPLETED);

    private static final List<DisposalState> MOVE = List.of(
            DisposalState.PROPOSED,
            DisposalState.VALUED,
            DisposalState.APPROVED,
            DisposalState.MOVING,
            DisposalState.COMPLETED);

    @Inject
    Texts texts;

    public DisposalState[] getStates() {
        return DisposalState.values();
    }

    public Way[] getWays() {
        return Way.values();
    }

    public AuctionState[] getAuctionStates() {
        return AuctionState.values();
    }

    public AuctionKind[] getKinds() {
        return AuctionKind.values();
    }

    public Cause[] getCauses() {
        return Cause.values();
    }

    public CertificateKind[] getCertificateKinds() {
        return CertificateKind.values();
    }

    public MediumKind[] getMedia() {
        return MediumKind.values();
    }

    public WipeMethod[] getMethods() {
        return WipeMethod.values();
    }

    /** What a recycler can certify. */
    public Outcome[] getOutcomes() {
        return Arrays.stream(Outcome.values()).filter(Outcome::isRecyclers).toArray(Outcome[]::new);
    }

    public MaterialKind[] getMaterials() {
        return MaterialKind.values();
    }

    /** The steps that the disposal takes, by the way that was chosen for it. */
    public List<DisposalState> steps(DisposalView disposal) {
        DisposalView.Route route = disposal.route();
        if (route == null) {
            return SALE;
        }
        return switch (route.way()) {
            case REFURBISH -> REFURBISHMENT;
            case PARTS -> DISMANTLING;
            case REDEPLOY, DONATE -> route.department().isEmpty() ? GIFT : MOVE;
            case KEEP, AUCTION, RECYCLE -> SALE;
        };
    }

    /** The class of a step on the page of a disposal: done, now, or nothing. */
    public String step(DisposalState step, DisposalView disposal) {
        DisposalState state = disposal.state();
        if (state == DisposalState.WITHDRAWN || state.compareTo(step) < 0) {
            return "";
        }
        List<DisposalState> steps = steps(disposal);
        int next = steps.indexOf(step) + 1;
        return next == steps.size() || state.compareTo(steps.get(next)) >= 0 ? "done" : "now";
    }

    public String kind(DisposalState state) {
        return switch (state) {
            case COMPLETED -> "ok";
            case PAUSED -> "warn";
            case WITHDRAWN -> "mute";
            default -> "info";
        };
    }

    public String auctionKind(AuctionState state) {
        return switch (state) {
            case RUNNING -> "info";
            case PAUSED -> "warn";
            case SOLD -> "ok";
            case ENDED -> "mute";
        };
    }

    public String approvalKind(ApprovalState state) {
        return switch (state) {
            case WAITING -> "info";
            case SIGNED -> "ok";
            case REJECTED -> "bad";
            case LEFT -> "mute";
        };
    }

    public String explain(Signal signal) {
        return texts.format("disposal.signal." + signal.code(), signal.facts().toArray());
    }

    public String explain(Estimate estimate) {
        return texts.format(
                "disposal.reason." + estimate.reason(), estimate.facts().toArray());
    }

    /** What is missing before the unit may leave, as a sentence. */
    public String missing(String code) {
        return code.startsWith("WIPE:")
                ? texts.format("disposal.missing.WIPE", code.substring(5))
                : texts.get("disposal.missing." + code);
    }

    /** Where an amount is between zero and the highest, in hundredths of the chart's width. */
    public long share(Money amount, Money highest) {
        return highest.minor() == 0 ? 0 : amount.minor() * 100 / highest.minor();
    }

    /** The methods for which there was nothing to go by, named. */
    public String without(DisposalView.Valuation valuation) {
        return Arrays.stream(Method.values())
                .filter(method -> valuation.estimates().stream().noneMatch(e -> e.method() == method))
                .map(method -> texts.get("disposal.method." + method))
                .collect(Collectors.joining(texts.get("disposal.and")));
    }

    /** Where the figures on carbon come from: an assumption of the law tables, said in the reader's language. */
    public String carbonSource(DisposalView.Valuation valuation) {
        String source =
                valuation.ways().isEmpty() ? "" : valuation.ways().get(0).source();
        Matcher assumed = ASSUMED.matcher(source);
        return assumed.lookingAt() ? texts.format("disposal.carbon.assumed", assumed.group(1)) : source;
    }
}

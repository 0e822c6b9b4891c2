package org.yiqi.web.disposal;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.Cause;
import org.yiqi.disposal.DisposalApprovals;
import org.yiqi.disposal.DisposalState;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.Disposals;
import org.yiqi.disposal.Propose;
import org.yiqi.disposal.Valuations;
import org.yiqi.disposal.Value;
import org.yiqi.disposal.Way;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** A disposal up to the act that lets the unit go; {@link DisposalEndPage} has the rest of its page. */
@Named
@ViewScoped
public class DisposalPage implements Serializable {

    private static final String CURRENCY = "CNY";

    @Inject
    Disposals disposals;

    @Inject
    Valuations valuations;

    @Inject
    DisposalApprovals approvals;

    @Inject
    Caller caller;

    private String id = "";
    private String unitId = "";
    private String orderId = "";
    private @Nullable DisposalView disposal;
    private Cause cause = Cause.OBSOLETE;
    private String reason = "";
    private boolean unencumbered;
    private @Nullable BigDecimal newPrice;
    private @Nullable BigDecimal service = BigDecimal.ZERO;
    private @Nullable BigDecimal earnings;
    private @Nullable Integer remainingYears;
    private @Nullable BigDecimal repairQuote;
    private final List<PartLine> parts = new ArrayList<>(List.of(new PartLine()));
    private @Nullable Way way;
    private String note = "";

    /** A part that could be used again, as it is typed. */
    public static final class PartLine implements Serializable {

        private String name = "";
        private @Nullable Integer count = 1;
        private @Nullable BigDecimal value;

        public String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name == null ? "" : name;
        }

        public @Nullable Integer getCount() {
            return count;
        }

        public void setCount(@Nullable Integer count) {
            this.count = count;
        }

        public @Nullable BigDecimal getValue() {
            return value;
        }

        public void setValue(@Nullable BigDecimal value) {
            this.value = value;
        }
    }

    /** Reads the disposal of the address, or that of the unit which a new one would be for. */
    public void open() {
        if (id.isEmpty() && !unitId.isEmpty()) {
            UUID open = disposals.openOf(uuid(unitId));
            id = open == null ? "" : open.toString();
        }
        if (!id.isEmpty()) {
            disposal = disposals.get(uuid(id));
            DisposalView.Valuation valuation = disposal.valuation();
            List<Way> open = valuation == null ? List.of() : approvals.ways(disposal);
            way = valuation != null && open.contains(valuation.recommended())
                    ? valuation.recommended()
                    : open.stream().findFirst().orElse(null);
        }
        if (!orderId.isEmpty()) {
            cause = Cause.BEYOND_REPAIR;
        }
    }

    public String propose() {
        UUID order = orderId.isEmpty() ? null : uuid(orderId);
        return to(disposals.propose(new Propose(uuid(unitId), cause, reason, order, unencumbered)));
    }

    public String value() {
        return to(valuations.value(
                shown().id(),
                new Value(
                        null,
                        null,
                        null,
                        money(newPrice),
                        money(service),
                        earnings == null ? null : money(earnings),
                        remainingYears,
                        repairQuote == null ? null : money(repairQuote),
                        parts.stream()
                                .filter(p -> !p.name.isBlank())
                                .map(p -> new Value.Part(p.name, p.count == null ? 0 : p.count, money(p.value)))
                                .toList(),
                        null)));
    }

    public String submit() {
        return to(approvals.submit(shown().id(), way));
    }

    public String approve() {
        return to(approvals.approve(shown().id(), note));
    }

    public String reject() {
        return to(approvals.reject(shown().id(), note));
    }

    public String authorise() {
        return to(approvals.authorise(shown().id()));
    }

    public String withdraw() {
        return to(disposals.withdraw(shown().id(), note));
    }

    public boolean isOwner() {
        DisposalView seen = disposal;
        return seen != null && seen.organisationId().equals(caller.orgId());
    }

    public boolean isMyTurn() {
        DisposalView seen = disposal;
        return seen != null && approvals.isCallersTurn(seen);
    }

    /** Whether the disposal is in one of these states; their names with spaces between them. */
    public boolean at(String states) {
        DisposalView seen = disposal;
        return seen != null
                && List.of(states.split(" ", -1)).contains(seen.state().name());
    }

    public boolean isValuable() {
        return isOwner() && at("PROPOSED VALUED") && (caller.has("EQUIPMENT") || caller.has("FINANCE"));
    }

    /** The ways that the rules leave open. */
    public List<Way> getWays() {
        return approvals.ways(shown());
    }

    /** Whether it was sent up for one of these ways; their names with spaces between them. */
    public boolean goes(String ways) {
        DisposalView seen = disposal;
        DisposalView.Route route = seen == null ? null : seen.route();
        return route != null
                && List.of(ways.split(" ", -1)).contains(route.way().name());
    }

    public boolean isWithdrawable() {
        DisposalView seen = disposal;
        return seen != null
                && isOwner()
                && caller.has("EQUIPMENT")
                && seen.actId() == null
                && seen.state().canBeWithdrawn();
    }

    public void addPart() {
        parts.add(new PartLine());
    }

    private static Money money(@Nullable BigDecimal amount) {
        return amount == null ? Money.zero(CURRENCY) : Money.of(amount, CURRENCY);
    }

    private DisposalView shown() {
        DisposalView seen = disposal;
        if (seen == null) {
            throw new NotFound("disposal.not-found", "No such disposal");
        }
        return seen;
    }

    static String to(DisposalView view) {
        return "/disposal/disposal?faces-redirect=true&id=" + view.id();
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("disposal.not-found", "No such disposal", e);
        }
    }

    public @Nullable DisposalView getDisposal() {
        return disposal;
    }

    public boolean isAuctioned() {
        DisposalView seen = disposal;
        return seen != null && seen.auctionId() != null && seen.state() != DisposalState.WITHDRAWN;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getUnitId() {
        return unitId;
    }

    public void setUnitId(@Nullable String unitId) {
        this.unitId = unitId == null ? "" : unitId;
    }

    public String getOrderId() {
        return orderId;
    }

    public void setOrderId(@Nullable String orderId) {
        this.orderId = orderId == null ? "" : orderId;
    }

    public Cause getCause() {
        return cause;
    }

    public void setCause(Cause cause) {
        this.cause = cause;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public boolean isUnencumbered() {
        return unencumbered;
    }

    public void setUnencumbered(boolean unencumbered) {
        this.unencumbered = unencumbered;
    }

    public @Nullable BigDecimal getNewPrice() {
        return newPrice;
    }

    public void setNewPrice(@Nullable BigDecimal newPrice) {
        this.newPrice = newPrice;
    }

    public @Nullable BigDecimal getService() {
        return service;
    }

    public void setService(@Nullable BigDecimal service) {
        this.service = service;
    }

    public @Nullable BigDecimal getEarnings() {
        return earnings;
    }

    public void setEarnings(@Nullable BigDecimal earnings) {
        this.earnings = earnings;
    }

    public @Nullable Integer getRemainingYears() {
        return remainingYears;
    }

    public void setRemainingYears(@Nullable Integer remainingYears) {
        this.remainingYears = remainingYears;
    }

    public @Nullable BigDecimal getRepairQuote() {
        return repairQuote;
    }

    public void setRepairQuote(@Nullable BigDecimal repairQuote) {
        this.repairQuote = repairQuote;
    }

    public List<PartLine> getParts() {
        return parts;
    }

    public @Nullable Way getWay() {
        return way;
    }

    public void setWay(@Nullable Way way) {
        this.way = way;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }
}

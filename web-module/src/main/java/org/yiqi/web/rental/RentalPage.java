package org.yiqi.web.rental;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.rental.Applications;
import org.yiqi.rental.HandoverConditions;
import org.yiqi.rental.HandoverKind;
import org.yiqi.rental.Handovers;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityRow;
import org.yiqi.rental.RentalState;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Rentals;
import org.yiqi.rental.Side;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;

/** One rental: where it stands, who has agreed and signed, and the one thing that the person who looks can do next. */
@Named
@ViewScoped
public class RentalPage implements Serializable {

    @Inject
    Rentals rentals;

    @Inject
    Applications applications;

    @Inject
    Handovers handovers;

    @Inject
    Acts acts;

    @Inject
    Liabilities liabilities;

    @Inject
    Caller caller;

    private @Nullable String id;
    private String carrier = "";
    private String seal = "";
    private String reason = "";
    private String damage = "";
    private @Nullable Integer uses;
    private @Nullable String until;
    private transient @Nullable RentalView rental;

    public void load() {
        rental = rentals.get(Pages.id(id));
    }

    public RentalView getRental() {
        RentalView shown = rental;
        if (shown == null) {
            shown = rentals.get(Pages.id(id));
            rental = shown;
        }
        return shown;
    }

    /** The verb that this person can do next, or nothing. */
    public String getNext() {
        RentalView r = getRental();
        boolean owner = isOwner() && caller.has("EQUIPMENT");
        boolean lessee = isLessee() && (caller.has("EQUIPMENT") || caller.has("CLINICAL"));
        boolean signs = caller.has("SIGNATORY");
        return switch (r.state()) {
            case DRAFT -> lessee ? "submit" : "";
            case UNDER_REVIEW -> mayDecide() ? "approve" : "";
            case APPROVED -> owner && signs ? "dispatch" : "";
            case DISPATCHED -> owner && signs ? "deliver" : "";
            case DELIVERED -> lessee && signs ? "confirm" : "";
            case ACTIVE, OVERDUE -> lessee ? (signs ? "return" : "uses") : "";
            case RETURNING -> owner && signs ? "inspect" : "";
            case LIABILITY_OPEN -> owner ? "waive" : "";
            case SETTLING -> isOwner() && (caller.has("EQUIPMENT") || caller.has("FINANCE")) ? "close" : "";
            default -> "";
        };
    }

    public boolean isCancellable() {
        RentalState state = getRental().state();
        return (isOwner() || isLessee())
                && (caller.has("EQUIPMENT") || caller.has("CLINICAL"))
                && (state == RentalState.DRAFT
                        || state == RentalState.APPROVED
                        || (state == RentalState.UNDER_REVIEW && isLessee()));
    }

    public boolean isExtendable() {
        RentalState state = getRental().state();
        return (isOwner() || isLessee())
                && (caller.has("EQUIPMENT") || caller.has("CLINICAL"))
                && (state == RentalState.ACTIVE || state == RentalState.OVERDUE);
    }

    /** Whether an extension waits for this person's organisation. */
    public boolean isAsked() {
        RentalView.Extension open = getRental().extension();
        return open != null && isExtendable() && !open.proposedBy().equals(caller.orgId());
    }

    /** The category that nobody of the lessee may operate yet, while that stands between the unit and its handover. */
    public @Nullable String getOperatorMissing() {
        RentalState state = getRental().state();
        if (state != RentalState.APPROVED && state != RentalState.DISPATCHED && state != RentalState.DELIVERED) {
            return null;
        }
        HandoverConditions found = rentals.handoverConditions(getRental().id());
        return found.operatorCertified() ? null : found.category();
    }

    /** Whether this person can record what is missing. */
    public boolean isTeacher() {
        return isLessee() && (caller.has("ORG_ADMIN") || caller.has("EQUIPMENT"));
    }

    private boolean mayDecide() {
        RentalView r = getRental();
        boolean platform = caller.scope() == Scope.PLATFORM && caller.has("PLATFORM_OPERATOR");
        boolean owner = isOwner() && caller.has("EQUIPMENT");
        Side side = platform ? Side.PLATFORM : Side.OWNER;
        return (platform || owner)
                && !caller.personId().equals(r.applicant())
                && r.review().approvals().stream().noneMatch(a -> a.side() == side);
    }

    /** The open case about damage in this rental; null while none is reported. */
    public @Nullable LiabilityRow getDamageCase() {
        return liabilities
                .list(ListQuery.all()
                        .where("rental", getRental().id().toString())
                        .where("open", "true"))
                .items()
                .stream()
                .findFirst()
                .orElse(null);
    }

    public boolean isOwner() {
        return caller.orgId().equals(getRental().parties().ownerOrg());
    }

    public boolean isLessee() {
        return caller.orgId().equals(getRental().parties().lesseeOrg());
    }

    /** The acts of this rental with how far the ledger has them. */
    public List<Signature> getSignatures() {
        List<Signature> rows = new ArrayList<>();
        for (RentalView.Signing s : getRental().signings()) {
            ActView act = acts.get(s.actId());
            rows.add(new Signature(s, act, getRental().parties()));
        }
        return rows;
    }

    /** What happened, newest first. */
    public List<RentalView.History> getHistory() {
        List<RentalView.History> steps = new ArrayList<>(getRental().history());
        Collections.reverse(steps);
        return steps;
    }

    public RentalView.@Nullable Approval approval(String side) {
        return getRental().review().approvals().stream()
                .filter(a -> a.side().name().equals(side))
                .findFirst()
                .orElse(null);
    }

    public String submit() {
        return shown(applications.submit(getRental().id()));
    }

    public String approve() {
        return shown(rentals.approve(getRental().id()));
    }

    public String reject() {
        return shown(rentals.reject(getRental().id(), reason));
    }

    public String cancel() {
        return shown(rentals.cancel(getRental().id(), reason));
    }

    public String dispatch() {
        return shown(handovers.dispatch(getRental().id(), carrier, seal));
    }

    public String deliver() {
        return shown(handovers.deliver(getRental().id()));
    }

    public String confirm() {
        return shown(handovers.confirmDelivery(getRental().id()));
    }

    public String reportUses() {
        return shown(rentals.reportUses(getRental().id(), count()));
    }

    public String giveBack() {
        return shown(handovers.giveBack(getRental().id(), count()));
    }

    public String inspect() {
        return shown(handovers.inspect(getRental().id(), damage));
    }

    public String waive() {
        return shown(handovers.inspect(getRental().id(), ""));
    }

    public String close() {
        return shown(rentals.close(getRental().id()));
    }

    public String extend() {
        RentalView.Extension open = getRental().extension();
        return shown(
                rentals.extend(getRental().id(), isAsked() && open != null ? open.to() : Pages.time(until, "until")));
    }

    private int count() {
        Integer given = uses;
        return given == null ? getRental().journey().uses() : given;
    }

    private static String shown(RentalView changed) {
        return "/rental/rental?faces-redirect=true&id=" + changed.id();
    }

    /** An act of custody on the page. */
    public static final class Signature {
        private final RentalView.Signing signing;
        private final ActView act;
        private final RentalView.Parties parties;

        Signature(RentalView.Signing signing, ActView act, RentalView.Parties parties) {
            this.signing = signing;
            this.act = act;
            this.parties = parties;
        }

        public HandoverKind getKind() {
            return signing.kind();
        }

        public UUID getActId() {
            return signing.actId();
        }

        public Object getAt() {
            return signing.proposedAt();
        }

        public String getState() {
            return act.state().name();
        }

        public boolean isOwnerSigned() {
            return !act.missing().contains(parties.ownerOrg());
        }

        /** The offer of custody binds the owner alone. */
        public boolean isLesseeNeeded() {
            return signing.kind() != HandoverKind.OFFERED;
        }

        public boolean isLesseeSigned() {
            return !act.missing().contains(parties.lesseeOrg());
        }
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public String getCarrier() {
        return carrier;
    }

    public void setCarrier(@Nullable String carrier) {
        this.carrier = carrier == null ? "" : carrier;
    }

    public String getSeal() {
        return seal;
    }

    public void setSeal(@Nullable String seal) {
        this.seal = seal == null ? "" : seal;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getDamage() {
        return damage;
    }

    public void setDamage(@Nullable String damage) {
        this.damage = damage == null ? "" : damage;
    }

    public @Nullable Integer getUses() {
        return uses;
    }

    public void setUses(@Nullable Integer uses) {
        this.uses = uses;
    }

    public @Nullable String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = until;
    }
}

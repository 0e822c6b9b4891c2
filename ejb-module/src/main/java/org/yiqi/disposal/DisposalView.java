package org.yiqi.disposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * A unit's way to its end, as its owner, its recycler and regulators see it.
 *
 * @param valuation what it is worth and what is advised; null before it was valued
 * @param actId the act that waits for a signature now, or null
 * @param authorityId who signs besides the owner, above the value line
 */
public record DisposalView(
        UUID id,
        long version,
        String number,
        UUID unitId,
        UUID organisationId,
        String unitZh,
        String unitEn,
        String assetTag,
        String serial,
        String category,
        Cause cause,
        String reason,
        @Nullable UUID workOrderId,
        DisposalState state,
        UUID madeBy,
        Instant madeAt,
        @Nullable Valuation valuation,
        List<Approval> approvals,
        @Nullable UUID authorityId,
        @Nullable UUID actId,
        @Nullable String actType,
        boolean storageStated,
        List<Medium> media,
        List<Certificate> certificates,
        @Nullable UUID auctionId,
        @Nullable UUID recyclerId,
        @Nullable Route route,
        @Nullable Money price,
        @Nullable Instant payBy,
        @Nullable Instant handedOverAt,
        @Nullable Instant certificateBy,
        @Nullable Outcome outcome,
        List<Material> materials,
        @Nullable Instant completedAt,
        String closingNote) {

    public DisposalView {
        approvals = List.copyOf(approvals);
        media = List.copyOf(media);
        certificates = List.copyOf(certificates);
        materials = List.copyOf(materials);
    }

    /** Whether it was sent up for this way. */
    public boolean goes(Way way) {
        return route != null && route.way() == way;
    }

    /** Whether it becomes another organisation's and is used on. */
    public boolean isPassedOn() {
        return route != null && route.way().isPassedOn() && route.receiverId() != null;
    }

    /** Who gets the unit: a recycler, or its next owner. */
    public @Nullable UUID takerId() {
        return route != null && route.receiverId() != null ? route.receiverId() : recyclerId;
    }

    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** The approval whose signature is next, or null. */
    public @Nullable Approval next() {
        return state != DisposalState.APPROVING
                ? null
                : approvals.stream()
                        .filter(a -> a.state() == ApprovalState.WAITING)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * The way that was chosen and how far it is taken.
     *
     * @param receiverId whom the unit is offered to, or who has it
     * @param department where it goes within the house; empty for none
     * @param movedBy who gave it away within the house; another person receives it
     * @param refurbishOrderId the work order that makes it good again
     * @param endNumber the number of the certificate of its being taken apart
     */
    public record Route(
            Way way,
            @Nullable UUID receiverId,
            String department,
            String site,
            @Nullable UUID movedBy,
            @Nullable UUID receivedBy,
            @Nullable UUID refurbishOrderId,
            String endNumber,
            List<RecoveredPart> parts) {

        public Route {
            parts = List.copyOf(parts);
        }
    }

    /** A part that was taken out for the stock of a station. */
    public record RecoveredPart(String number, String name, int quantity, String serial, Money value, UUID stationId) {}

    /** What the unit is worth and what is advised. */
    public record Valuation(
            Money low,
            Money likely,
            Money high,
            Confidence confidence,
            Verdict verdict,
            Way recommended,
            LocalDate rulesOf,
            long weightKg,
            List<Estimate> estimates,
            List<Signal> signals,
            List<WayOut> ways) {

        public Valuation {
            estimates = List.copyOf(estimates);
            signals = List.copyOf(signals);
            ways = List.copyOf(ways);
        }
    }

    /** One signing within the owner's house. */
    public record Approval(
            int round,
            int position,
            ApprovalStep step,
            ApprovalState state,
            @Nullable UUID personId,
            @Nullable Instant decidedAt,
            String note) {}

    /** Whether a step was signed; what came after a rejection was LEFT. */
    public enum ApprovalState {
        WAITING,
        SIGNED,
        REJECTED,
        LEFT
    }

    /** Something in the unit that keeps data. */
    public record Medium(UUID id, MediumKind medium, String label, List<WipeMethod> methods) {

        public Medium {
            methods = List.copyOf(methods);
        }
    }

    /** Proof that the unit can leave. */
    public record Certificate(
            UUID id,
            CertificateKind kind,
            @Nullable UUID mediumId,
            @Nullable WipeMethod method,
            String issuer,
            LocalDate issuedOn,
            @Nullable UUID documentId,
            Instant addedAt) {}

    /** How much of a material the unit gave. */
    public record Material(MaterialKind material, long grams) {}
}

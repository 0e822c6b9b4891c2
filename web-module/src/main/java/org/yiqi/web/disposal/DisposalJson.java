package org.yiqi.web.disposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.Cause;
import org.yiqi.disposal.Confidence;
import org.yiqi.disposal.DisposalState;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.Method;
import org.yiqi.disposal.Outcome;
import org.yiqi.disposal.Signal;
import org.yiqi.disposal.Value;
import org.yiqi.disposal.Verdict;
import org.yiqi.disposal.Way;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A disposal as the API shows it. */
public record DisposalJson(
        UUID id,
        String number,
        UUID unitId,
        UUID organisationId,
        String assetTag,
        String serial,
        String category,
        Cause cause,
        String reason,
        @Nullable UUID workOrderId,
        DisposalState state,
        UUID madeBy,
        Instant madeAt,
        @Nullable ValuationJson valuation,
        List<DisposalView.Approval> approvals,
        @Nullable UUID authorityId,
        @Nullable UUID waitingActId,
        @Nullable String waitingActType,
        List<DisposalView.Medium> media,
        List<DisposalView.Certificate> certificates,
        @Nullable UUID auctionId,
        @Nullable UUID recyclerId,
        @Nullable RouteJson route,
        @Nullable Amount price,
        @Nullable Instant payBy,
        @Nullable Instant handedOverAt,
        @Nullable Instant certificateBy,
        @Nullable Outcome outcome,
        List<DisposalView.Material> materials,
        @Nullable Instant completedAt) {

    static DisposalJson of(DisposalView d) {
        return new DisposalJson(
                d.id(),
                d.number(),
                d.unitId(),
                d.organisationId(),
                d.assetTag(),
                d.serial(),
                d.category(),
                d.cause(),
                d.reason(),
                d.workOrderId(),
                d.state(),
                d.madeBy(),
                d.madeAt(),
                ValuationJson.of(d.valuation()),
                d.approvals(),
                d.authorityId(),
                d.actId(),
                d.actType(),
                d.media(),
                d.certificates(),
                d.auctionId(),
                d.recyclerId(),
                RouteJson.of(d.route()),
                Amount.ofNullable(d.price()),
                d.payBy(),
                d.handedOverAt(),
                d.certificateBy(),
                d.outcome(),
                d.materials(),
                d.completedAt());
    }

    /** What the unit is worth and what is advised. */
    public record ValuationJson(
            Amount low,
            Amount likely,
            Amount high,
            Confidence confidence,
            Verdict verdict,
            Way recommended,
            LocalDate rulesOf,
            long weightKg,
            List<EstimateJson> estimates,
            List<Signal> reasons,
            List<WayJson> ways) {

        static @Nullable ValuationJson of(DisposalView.@Nullable Valuation v) {
            return v == null
                    ? null
                    : new ValuationJson(
                            Amount.of(v.low()),
                            Amount.of(v.likely()),
                            Amount.of(v.high()),
                            v.confidence(),
                            v.verdict(),
                            v.recommended(),
                            v.rulesOf(),
                            v.weightKg(),
                            v.estimates().stream()
                                    .map(e -> new EstimateJson(
                                            e.method(),
                                            Amount.of(e.low()),
                                            Amount.of(e.likely()),
                                            Amount.of(e.high()),
                                            e.confidence(),
                                            e.reason(),
                                            e.facts()))
                                    .toList(),
                            v.signals(),
                            v.ways().stream()
                                    .map(w -> new WayJson(
                                            w.way(),
                                            w.open(),
                                            w.rule(),
                                            Amount.of(w.value()),
                                            w.carbonKg(),
                                            w.source()))
                                    .toList());
        }
    }

    /** A value by one method, with its reason and what that is made of. */
    public record EstimateJson(
            Method method,
            Amount low,
            Amount likely,
            Amount high,
            Confidence confidence,
            String reason,
            List<String> facts) {}

    /** A way out with the rule that opened or closed it. */
    public record WayJson(Way way, boolean open, String rule, Amount value, long carbonKg, String source) {}

    /** The way that was chosen and how far it is taken. */
    public record RouteJson(
            Way way,
            @Nullable UUID receiverId,
            String department,
            String site,
            @Nullable UUID movedBy,
            @Nullable UUID receivedBy,
            @Nullable UUID workOrderId,
            String certificateNumber,
            List<RecoveredPart> parts) {

        static @Nullable RouteJson of(DisposalView.@Nullable Route r) {
            return r == null
                    ? null
                    : new RouteJson(
                            r.way(),
                            r.receiverId(),
                            r.department(),
                            r.site(),
                            r.movedBy(),
                            r.receivedBy(),
                            r.refurbishOrderId(),
                            r.endNumber(),
                            r.parts().stream().map(RecoveredPart::of).toList());
        }
    }

    /**
     * A part that was taken out for the stock of a station.
     *
     * @param serial of a single part; without one it is counted only
     */
    public record RecoveredPart(
            @NotBlank @Size(max = 100) String number,
            @NotBlank @Size(max = 200) String name,
            @NotNull Integer quantity,
            @Nullable @Size(max = 100) String serial,
            @NotNull @Valid Amount value,
            @NotNull UUID stationId) {

        static RecoveredPart of(DisposalView.RecoveredPart p) {
            return new RecoveredPart(
                    p.number(), p.name(), p.quantity(), p.serial(), Amount.of(p.value()), p.stationId());
        }

        DisposalView.RecoveredPart toPart() {
            return new DisposalView.RecoveredPart(
                    number, name, quantity, serial == null ? "" : serial, value.toMoney(), stationId);
        }
    }

    /** What is known about a unit's worth; the unit's page says what is left out. */
    public record Facts(
            @Nullable @Valid Amount cost,
            @Nullable LocalDate acquiredOn,
            @Nullable Integer lifeYears,
            @NotNull @Valid Amount newPrice,
            @NotNull @Valid Amount serviceYearly,
            @Nullable @Valid Amount earningsYearly,
            @Nullable Integer remainingYears,
            @Nullable @Valid Amount repairQuote,
            @Nullable @Size(max = 100) List<@NotNull @Valid Part> parts,
            @Nullable Long weightKg) {

        Value toValue() {
            return new Value(
                    money(cost),
                    acquiredOn,
                    lifeYears,
                    newPrice.toMoney(),
                    serviceYearly.toMoney(),
                    money(earningsYearly),
                    remainingYears,
                    money(repairQuote),
                    parts == null
                            ? List.of()
                            : parts.stream()
                                    .map(p -> new Value.Part(p.name, p.count, p.value.toMoney()))
                                    .toList(),
                    weightKg);
        }

        private static @Nullable Money money(@Nullable Amount amount) {
            return amount == null ? null : amount.toMoney();
        }
    }

    /** A part that could be used again. */
    public record Part(
            @NotBlank @Size(max = 120) String name,
            @NotNull Integer count,
            @NotNull @Valid Amount value) {}
}

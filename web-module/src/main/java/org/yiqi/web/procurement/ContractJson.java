package org.yiqi.web.procurement;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ContractClause;
import org.yiqi.procurement.ContractState;
import org.yiqi.procurement.ContractTerms;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.MilestoneKind;
import org.yiqi.procurement.MilestoneState;
import org.yiqi.shared.Amount;

/** A contract as the API shows it. */
public record ContractJson(
        UUID id,
        String number,
        UUID buyerId,
        UUID supplierId,
        UUID planId,
        @Nullable UUID tenderId,
        @Nullable String lot,
        String title,
        ContractState state,
        Amount original,
        Amount amount,
        Amount limit,
        LocalDate deliveryBy,
        LocalDate signBy,
        int warrantyMonths,
        @Nullable UUID pendingAct,
        String endedReason,
        Instant madeAt,
        @Nullable Instant effectiveAt,
        @Nullable Instant endedAt,
        List<Item> items,
        List<ContractClause> clauses,
        List<Step> milestones,
        List<Revision> revisions) {

    static ContractJson of(ContractView c) {
        return new ContractJson(
                c.id(),
                c.number(),
                c.buyerId(),
                c.supplierId(),
                c.planId(),
                c.tenderId(),
                c.lot(),
                c.title(),
                c.state(),
                Amount.of(c.original()),
                Amount.of(c.amount()),
                Amount.of(c.limit()),
                c.deliveryBy(),
                c.signBy(),
                c.warrantyMonths(),
                c.pendingAct(),
                c.endedReason(),
                c.madeAt(),
                c.effectiveAt(),
                c.endedAt(),
                c.items().stream()
                        .map(i -> new Item(i.description(), i.modelId(), i.quantity(), Amount.of(i.unitPrice())))
                        .toList(),
                c.clauses(),
                c.milestones().stream()
                        .map(m -> new Step(
                                m.position(),
                                m.kind(),
                                m.due(),
                                m.expected(),
                                m.percent(),
                                Amount.of(m.payable()),
                                m.state(),
                                m.note(),
                                m.reportedAt(),
                                m.decidedAt(),
                                Amount.ofNullable(m.paid()),
                                m.paidAt()))
                        .toList(),
                c.revisions().stream()
                        .map(r -> new Revision(
                                r.number(),
                                Amount.of(r.amount()),
                                r.reason(),
                                r.sha256(),
                                r.actId(),
                                r.actDigest(),
                                r.proposedAt(),
                                r.signedAt(),
                                r.lapsed()))
                        .toList());
    }

    /** What is bought. */
    public record Item(
            @NotBlank @Size(max = 200) String description,
            @Nullable UUID modelId,
            @NotNull Integer quantity,
            @NotNull @Valid Amount unitPrice) {}

    /** A milestone with what became of it. */
    public record Step(
            int position,
            MilestoneKind kind,
            LocalDate due,
            LocalDate expected,
            int percent,
            Amount payable,
            MilestoneState state,
            String note,
            @Nullable Instant reportedAt,
            @Nullable Instant decidedAt,
            @Nullable Amount paid,
            @Nullable Instant paidAt) {}

    /** A document that both sides sign. */
    public record Revision(
            int number,
            Amount amount,
            String reason,
            String sha256,
            @Nullable UUID actId,
            String actDigest,
            Instant proposedAt,
            @Nullable Instant signedAt,
            boolean lapsed) {}

    /** A milestone as it is agreed. */
    public record Milestone(
            @NotNull MilestoneKind kind,
            @NotNull LocalDate due,
            @NotNull Integer percent) {}

    /** What a buyer drafts; clauses are the optional ones of the library that it takes. */
    public record Terms(
            @NotNull UUID planId,
            @NotNull UUID supplierId,
            @NotBlank @Size(max = 200) String title,
            @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Item> items,
            @NotNull LocalDate deliveryBy,
            @NotNull Integer warrantyMonths,
            @Nullable @Size(max = 50) List<@NotNull String> clauses,
            @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid Milestone> milestones) {

        ContractTerms toTerms() {
            return new ContractTerms(
                    planId,
                    supplierId,
                    title,
                    items.stream()
                            .map(i ->
                                    new ContractTerms.Item(i.description, i.modelId, i.quantity, i.unitPrice.toMoney()))
                            .toList(),
                    deliveryBy,
                    warrantyMonths,
                    clauses == null ? List.of() : clauses,
                    milestones.stream()
                            .map(m -> new ContractTerms.Milestone(m.kind, m.due, m.percent))
                            .toList());
        }
    }
}

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
import org.yiqi.procurement.Finding;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.PlanState;
import org.yiqi.procurement.PlanTerms;
import org.yiqi.procurement.PurchasePlanView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A plan as the API shows it. */
public record PurchasePlanJson(
        UUID id,
        String number,
        UUID organisationId,
        PlanState state,
        int round,
        @Nullable LocalDate rulesOf,
        Terms terms,
        Amount total,
        Amount lifeCost,
        UUID madeBy,
        Instant madeAt,
        @Nullable Instant approvedAt,
        List<Finding> findings,
        List<PurchasePlanView.Step> steps) {

    static PurchasePlanJson of(PurchasePlanView p) {
        return new PurchasePlanJson(
                p.id(),
                p.number(),
                p.organisationId(),
                p.state(),
                p.round(),
                p.rulesOf(),
                Terms.of(p.terms()),
                Amount.of(p.terms().total()),
                Amount.of(p.terms().lifeCost()),
                p.madeBy(),
                p.madeAt(),
                p.approvedAt(),
                p.findings(),
                p.steps());
    }

    /** What is to be bought; costs that are left out are none. */
    public record Terms(
            @Nullable UUID needId,
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 40) String category,
            @NotNull Integer quantity,
            @NotNull @Valid Amount unitPrice,
            @NotBlank @Size(max = 60) String budgetLine,
            @NotNull @Valid Amount budget,
            @NotBlank @Size(max = 8000) String specification,
            @NotNull @Size(max = 100) List<@NotNull @Valid Line> parameters,
            @NotNull Integer lifeYears,
            @Nullable @Valid Amount serviceYearly,
            @Nullable @Valid Amount runningYearly,
            @Nullable @Valid Amount disposal,
            @Nullable @Size(max = 80) String licence,
            @Nullable @Size(max = 4000) String justification) {

        static Terms of(PlanTerms t) {
            return new Terms(
                    t.needId(),
                    t.title(),
                    t.category(),
                    t.quantity(),
                    Amount.of(t.unitPrice()),
                    t.budgetLine(),
                    Amount.of(t.budget()),
                    t.specification(),
                    t.parameters().stream()
                            .map(p -> new Line(p.name(), p.value()))
                            .toList(),
                    t.lifeYears(),
                    Amount.of(t.serviceYearly()),
                    Amount.of(t.runningYearly()),
                    Amount.of(t.disposal()),
                    t.licence(),
                    t.justification());
        }

        PlanTerms toTerms() {
            Money wholeBudget = budget.toMoney();
            return new PlanTerms(
                    needId,
                    title,
                    category,
                    quantity,
                    unitPrice.toMoney(),
                    budgetLine,
                    wholeBudget,
                    specification,
                    parameters.stream().map(p -> new Parameter(p.name, p.value)).toList(),
                    lifeYears,
                    money(serviceYearly, wholeBudget),
                    money(runningYearly, wholeBudget),
                    money(disposal, wholeBudget),
                    licence == null ? "" : licence,
                    justification == null ? "" : justification);
        }

        private static Money money(@Nullable Amount amount, Money like) {
            return amount == null ? Money.zero(like.currency()) : amount.toMoney();
        }
    }

    /** One line of a specification. */
    public record Line(
            @NotBlank @Size(max = 60) String name,
            @NotBlank @Size(max = 500) String value) {}
}

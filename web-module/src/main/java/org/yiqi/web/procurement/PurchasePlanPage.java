package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.PersonView;
import org.yiqi.procurement.NeedView;
import org.yiqi.procurement.Needs;
import org.yiqi.procurement.PlanApprovals;
import org.yiqi.procurement.PlanState;
import org.yiqi.procurement.PlanTerms;
import org.yiqi.procurement.PurchasePlanView;
import org.yiqi.procurement.PurchasePlans;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** A plan: written by who makes it, read and signed by the others. Parameters are lines of "name: value". */
@Named
@ViewScoped
public class PurchasePlanPage implements Serializable {

    private static final String CURRENCY = "CNY";

    @Inject
    PurchasePlans plans;

    @Inject
    PlanApprovals approvals;

    @Inject
    Needs needs;

    @Inject
    Caller caller;

    private String id = "";
    private String needId = "";
    private @Nullable PurchasePlanView plan;
    private String title = "";
    private String category = "";
    private int quantity = 1;
    private @Nullable BigDecimal unitPrice;
    private String budgetLine = "";
    private @Nullable BigDecimal budget;
    private String specification = "";
    private String parameters = "";
    private int lifeYears = 10;
    private @Nullable BigDecimal service = BigDecimal.ZERO;
    private @Nullable BigDecimal running = BigDecimal.ZERO;
    private @Nullable BigDecimal disposal = BigDecimal.ZERO;
    private String licence = "";
    private String justification = "";
    private String note = "";
    private String delegate = "";

    /** Reads the plan of the address, or the need that a new one is for. */
    public void open() {
        if (!id.isEmpty()) {
            show(plans.get(uuid(id)));
        } else if (!needId.isEmpty()) {
            NeedView need = needs.get(uuid(needId));
            title = need.title();
            category = need.category();
            quantity = need.quantity();
        }
    }

    private void show(PurchasePlanView seen) {
        plan = seen;
        PlanTerms t = seen.terms();
        title = t.title();
        category = t.category();
        quantity = t.quantity();
        unitPrice = t.unitPrice().amount();
        budgetLine = t.budgetLine();
        budget = t.budget().amount();
        specification = t.specification();
        parameters = ParameterLines.write(t.parameters());
        lifeYears = t.lifeYears();
        service = t.serviceYearly().amount();
        running = t.runningYearly().amount();
        disposal = t.disposal().amount();
        licence = t.licence();
        justification = t.justification();
    }

    public String save() {
        return to(saved().id());
    }

    /** Saves what is written and sends it up the ladder. */
    public String submit() {
        PurchasePlanView saved = saved();
        show(saved);
        id = saved.id().toString();
        return to(plans.submit(saved.id(), saved.version()).id());
    }

    private PurchasePlanView saved() {
        PurchasePlanView seen = plan;
        return seen == null ? plans.create(terms()) : plans.change(seen.id(), seen.version(), terms());
    }

    public String withdraw() {
        PurchasePlanView seen = shown();
        return to(plans.withdraw(seen.id(), seen.version()).id());
    }

    public String sign() {
        PurchasePlanView seen = shown();
        return to(approvals.sign(seen.id(), seen.version(), note).id());
    }

    public String giveBack() {
        PurchasePlanView seen = shown();
        return to(approvals.giveBack(seen.id(), seen.version(), note).id());
    }

    public String handOn() {
        PurchasePlanView seen = shown();
        return to(approvals.delegate(seen.id(), seen.version(), uuid(delegate)).id());
    }

    public List<PersonView> getColleagues() {
        return approvals.colleagues().stream()
                .filter(p -> !p.id().equals(caller.personId()))
                .toList();
    }

    /** Whether who looks may write here. */
    public boolean isEditable() {
        PurchasePlanView seen = plan;
        if (seen == null) {
            return id.isEmpty() && (caller.has("CLINICAL") || caller.has("EQUIPMENT"));
        }
        return seen.madeBy().equals(caller.personId())
                && (seen.state() == PlanState.DRAFT || seen.state() == PlanState.RETURNED);
    }

    public boolean isMyTurn() {
        PurchasePlanView seen = plan;
        return seen != null && approvals.isCallersTurn(seen);
    }

    private PlanTerms terms() {
        return new PlanTerms(
                needId.isEmpty() ? null : uuid(needId),
                title,
                category,
                quantity,
                money(unitPrice),
                budgetLine,
                money(budget),
                specification,
                ParameterLines.read(parameters, "procurement.plan-invalid"),
                lifeYears,
                money(service),
                money(running),
                money(disposal),
                licence,
                justification);
    }

    private static Money money(@Nullable BigDecimal amount) {
        return amount == null ? Money.zero(CURRENCY) : Money.of(amount, CURRENCY);
    }

    private PurchasePlanView shown() {
        PurchasePlanView seen = plan;
        if (seen == null) {
            throw new NotFound("procurement.plan-not-found", "No such plan");
        }
        return seen;
    }

    private static String to(UUID plan) {
        return "/procurement/plan?faces-redirect=true&id=" + plan;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.plan-not-found", "No such plan", e);
        }
    }

    public @Nullable PurchasePlanView getPlan() {
        return plan;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getNeedId() {
        return needId;
    }

    public void setNeedId(@Nullable String needId) {
        this.needId = needId == null ? "" : needId;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title == null ? "" : title;
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category == null ? "" : category;
    }

    public int getQuantity() {
        return quantity;
    }

    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }

    public @Nullable BigDecimal getUnitPrice() {
        return unitPrice;
    }

    public void setUnitPrice(@Nullable BigDecimal unitPrice) {
        this.unitPrice = unitPrice;
    }

    public String getBudgetLine() {
        return budgetLine;
    }

    public void setBudgetLine(@Nullable String budgetLine) {
        this.budgetLine = budgetLine == null ? "" : budgetLine;
    }

    public @Nullable BigDecimal getBudget() {
        return budget;
    }

    public void setBudget(@Nullable BigDecimal budget) {
        this.budget = budget;
    }

    public String getSpecification() {
        return specification;
    }

    public void setSpecification(@Nullable String specification) {
        this.specification = specification == null ? "" : specification;
    }

    public String getParameters() {
        return parameters;
    }

    public void setParameters(@Nullable String parameters) {
        this.parameters = parameters == null ? "" : parameters;
    }

    public int getLifeYears() {
        return lifeYears;
    }

    public void setLifeYears(int lifeYears) {
        this.lifeYears = lifeYears;
    }

    public @Nullable BigDecimal getService() {
        return service;
    }

    public void setService(@Nullable BigDecimal service) {
        this.service = service;
    }

    public @Nullable BigDecimal getRunning() {
        return running;
    }

    public void setRunning(@Nullable BigDecimal running) {
        this.running = running;
    }

    public @Nullable BigDecimal getDisposal() {
        return disposal;
    }

    public void setDisposal(@Nullable BigDecimal disposal) {
        this.disposal = disposal;
    }

    public String getLicence() {
        return licence;
    }

    public void setLicence(@Nullable String licence) {
        this.licence = licence == null ? "" : licence;
    }

    public String getJustification() {
        return justification;
    }

    public void setJustification(@Nullable String justification) {
        this.justification = justification == null ? "" : justification;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }

    public String getDelegate() {
        return delegate;
    }

    public void setDelegate(@Nullable String delegate) {
        this.delegate = delegate == null ? "" : delegate;
    }
}

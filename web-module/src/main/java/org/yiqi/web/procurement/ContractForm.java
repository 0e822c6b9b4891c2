package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.AwardedTerms;
import org.yiqi.procurement.ContractClause;
import org.yiqi.procurement.ContractTerms;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.MilestoneKind;
import org.yiqi.procurement.PlanState;
import org.yiqi.procurement.PurchasePlanRow;
import org.yiqi.procurement.PurchasePlanView;
import org.yiqi.procurement.PurchasePlans;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Formats;

/** The draft of a contract as its buyer writes it, from a plan and the clause library. */
@Named
@ViewScoped
public class ContractForm implements Serializable {

    @Inject
    Contracts contracts;

    @Inject
    PurchasePlans plans;

    @Inject
    Organisations organisations;

    @Inject
    Clock clock;

    private String id = "";
    private String planId = "";
    private String tenderId = "";
    private String lot = "";
    private @Nullable ContractView contract;
    private @Nullable PurchasePlanView plan;
    private String supplier = "";
    private String title = "";
    private @Nullable LocalDate deliveryBy;
    private int warrantyMonths = 24;
    private List<ItemRow> items = new ArrayList<>();
    private List<MilestoneRow> milestones = new ArrayList<>();
    private List<String> clauses = new ArrayList<>();
    private List<ContractClause> library = List.of();

    /** Reads the draft of the address, or the plan that a new one is for. */
    public void open() {
        library = contracts.library();
        if (!id.isEmpty()) {
            show(contracts.get(TenderPage.uuid(id)));
        } else if (!tenderId.isEmpty()) {
            follow(TenderPage.uuid(tenderId));
        } else if (!planId.isEmpty()) {
            begin(plans.get(TenderPage.uuid(planId)));
        }
    }

    /** Parties, goods and price are those of the award, and stay. */
    private void follow(UUID tender) {
        ContractTerms awarded = contracts.awarded(tender, lot);
        begin(plans.get(awarded.planId()));
        items.clear();
        awarded.items()
                .forEach(i -> items.add(new ItemRow(
                        i.description(),
                        i.modelId(),
                        i.quantity(),
                        i.unitPrice().amount())));
        title = awarded.title();
        supplier = awarded.supplierId().toString();
    }

    private void begin(PurchasePlanView from) {
        plan = from;
        title = from.terms().title();
        LocalDate by = LocalDate.ofInstant(clock.instant(), Formats.ZONE).plusDays(60);
        deliveryBy = by;
        items.add(new ItemRow(
                from.terms().title(),
                null,
                from.terms().quantity(),
                from.terms().unitPrice().amount()));
        milestones.add(new MilestoneRow(MilestoneKind.PRODUCTION, by.minusDays(30), 0));
        milestones.add(new MilestoneRow(MilestoneKind.SHIPPING, by.minusDays(7), 0));
        milestones.add(new MilestoneRow(MilestoneKind.DELIVERY, by, 30));
        milestones.add(new MilestoneRow(MilestoneKind.INSTALLATION, by.plusDays(14), 0));
        milestones.add(new MilestoneRow(MilestoneKind.ACCEPTANCE, by.plusDays(30), 65));
        milestones.add(new MilestoneRow(MilestoneKind.WARRANTY, by.plusDays(30).plusMonths(24), 5));
        library.stream().filter(c -> !c.required()).forEach(c -> clauses.add(c.code()));
    }

    private void show(ContractView seen) {
        contract = seen;
        plan = plans.get(seen.planId());
        supplier = seen.supplierId().toString();
        title = seen.title();
        deliveryBy = seen.deliveryBy();
        warrantyMonths = seen.warrantyMonths();
        seen.items()
                .forEach(i -> items.add(new ItemRow(
                        i.description(),
                        i.modelId(),
                        i.quantity(),
                        i.unitPrice().amount())));
        seen.milestones().forEach(m -> milestones.add(new MilestoneRow(m.kind(), m.due(), m.percent())));
        seen.clauses().stream().filter(c -> !c.required()).forEach(c -> clauses.add(c.code()));
    }

    public void addItem() {
        items.add(new ItemRow("", null, 1, null));
    }

    public void addMilestone() {
        milestones.add(new MilestoneRow(MilestoneKind.PREPAYMENT, deliveryBy, 0));
    }

    public String save() {
        ContractView seen = contract;
        ContractTerms terms = terms();
        ContractView saved;
        if (seen != null) {
            saved = contracts.change(seen.id(), seen.version(), terms);
        } else if (!tenderId.isEmpty()) {
            saved = contracts.follow(
                    TenderPage.uuid(tenderId),
                    lot,
                    new AwardedTerms(
                            terms.title(),
                            terms.deliveryBy(),
                            terms.warrantyMonths(),
                            terms.clauses(),
                            terms.milestones()));
        } else {
            saved = contracts.create(terms);
        }
        return "/procurement/contract?faces-redirect=true&id=" + saved.id();
    }

    private ContractTerms terms() {
        PurchasePlanView of = plan;
        LocalDate by = deliveryBy;
        if (of == null || by == null || supplier.isEmpty()) {
            throw new RuleViolation("procurement.contract-invalid", "Some values are missing")
                    .at(by == null ? "/deliveryBy" : "/supplierId", "needed");
        }
        String currency = of.terms().budget().currency();
        List<ContractTerms.Item> bought = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ItemRow row = items.get(i);
            if (row.description.isBlank() && row.price == null) {
                continue;
            }
            BigDecimal price = row.price;
            if (price == null) {
                throw new RuleViolation("procurement.contract-invalid", "A price is needed")
                        .at("/items/" + i + "/unitPrice", "needed");
            }
            bought.add(new ContractTerms.Item(row.description, row.modelId, row.quantity, Money.of(price, currency)));
        }
        List<ContractTerms.Milestone> agreed = new ArrayList<>();
        for (int i = 0; i < milestones.size(); i++) {
            MilestoneRow row = milestones.get(i);
            LocalDate due = row.due;
            if (due == null) {
                throw new RuleViolation("procurement.contract-invalid", "A day is needed")
                        .at("/milestones/" + i + "/due", "needed");
            }
            agreed.add(new ContractTerms.Milestone(row.kind, due, row.percent));
        }
        return new ContractTerms(
                of.id(), UUID.fromString(supplier), title, bought, by, warrantyMonths, clauses, agreed);
    }

    /** Approved plans, for a contract without one. */
    public List<PurchasePlanRow> getPlans() {
        return plans.list(new ListQuery(
                        50, 0, null, List.of(), null, Map.of("state", List.of(PlanState.APPROVED.name()))))
                .items();
    }

    public List<OrganisationView> getSuppliers() {
        return organisations
                .list(new ListQuery(
                        ListQuery.MAX_LIMIT,
                        0,
                        null,
                        List.of(),
                        null,
                        Map.of("status", List.of("APPROVED"), "kind", List.of("SUPPLIER"))))
                .items();
    }

    public MilestoneKind[] getKinds() {
        return MilestoneKind.values();
    }

    /** Clauses that the buyer may leave out. */
    public List<ContractClause> getChoices() {
        return library.stream().filter(c -> !c.required()).toList();
    }

    public List<ContractClause> getLibrary() {
        return library;
    }

    public @Nullable ContractView getContract() {
        return contract;
    }

    public @Nullable PurchasePlanView getPlan() {
        return plan;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    /** Whether parties, goods and price are those of an award. */
    public boolean isAwarded() {
        ContractView seen = contract;
        return !tenderId.isEmpty() || (seen != null && seen.tenderId() != null);
    }

    public String getTenderId() {
        return tenderId;
    }

    public void setTenderId(String tenderId) {
        this.tenderId = tenderId;
    }

    public String getLot() {
        return lot;
    }

    public void setLot(String lot) {
        this.lot = lot;
    }

    public String getPlanId() {
        return planId;
    }

    public void setPlanId(String planId) {
        this.planId = planId;
    }

    public String getSupplier() {
        return supplier;
    }

    public void setSupplier(String supplier) {
        this.supplier = supplier;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public @Nullable LocalDate getDeliveryBy() {
        return deliveryBy;
    }

    public void setDeliveryBy(@Nullable LocalDate deliveryBy) {
        this.deliveryBy = deliveryBy;
    }

    public int getWarrantyMonths() {
        return warrantyMonths;
    }

    public void setWarrantyMonths(int warrantyMonths) {
        this.warrantyMonths = warrantyMonths;
    }

    public List<ItemRow> getItems() {
        return items;
    }

    public List<MilestoneRow> getMilestones() {
        return milestones;
    }

    public List<String> getClauses() {
        return clauses;
    }

    public void setClauses(List<String> clauses) {
        this.clauses = clauses;
    }

    /** An item as it is being written. */
    public static final class ItemRow implements Serializable {
        private String description;
        private final @Nullable UUID modelId;
        private int quantity;
        private @Nullable BigDecimal price;

        ItemRow(String description, @Nullable UUID modelId, int quantity, @Nullable BigDecimal price) {
            this.description = description;
            this.modelId = modelId;
            this.quantity = quantity;
            this.price = price;
        }

        public String getDescription() {
            return description;
        }

        public void setDescription(String description) {
            this.description = description;
        }

        public int getQuantity() {
            return quantity;
        }

        public void setQuantity(int quantity) {
            this.quantity = quantity;
        }

        public @Nullable BigDecimal getPrice() {
            return price;
        }

        public void setPrice(@Nullable BigDecimal price) {
            this.price = price;
        }
    }

    /** A milestone as it is being written. */
    public static final class MilestoneRow implements Serializable {
        private MilestoneKind kind;
        private @Nullable LocalDate due;
        private int percent;

        MilestoneRow(MilestoneKind kind, @Nullable LocalDate due, int percent) {
            this.kind = kind;
            this.due = due;
            this.percent = percent;
        }

        public MilestoneKind getKind() {
            return kind;
        }

        public void setKind(MilestoneKind kind) {
            this.kind = kind;
        }

        public @Nullable LocalDate getDue() {
            return due;
        }

        public void setDue(@Nullable LocalDate due) {
            this.due = due;
        }

        public int getPercent() {
            return percent;
        }

        public void setPercent(int percent) {
            this.percent = percent;
        }
    }
}

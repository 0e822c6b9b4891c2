package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.Criterion;
import org.yiqi.procurement.Lot;
import org.yiqi.procurement.PlanState;
import org.yiqi.procurement.PurchasePlanRow;
import org.yiqi.procurement.PurchasePlanView;
import org.yiqi.procurement.PurchasePlans;
import org.yiqi.procurement.Requirement;
import org.yiqi.procurement.TenderTerms;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Formats;

/** The draft of a tender as its buyer writes it. Requirements are lines; one that begins with a lot's code and a colon is about that lot. */
@Named
@ViewScoped
public class TenderForm implements Serializable {

    private static final int OPENERS = 5;

    @Inject
    Tenders tenders;

    @Inject
    PurchasePlans plans;

    @Inject
    Organisations organisations;

    @Inject
    Clock clock;

    private String id = "";
    private String planId = "";
    private @Nullable TenderView tender;
    private @Nullable PurchasePlanView plan;
    private String title = "";
    private String description = "";
    private boolean twoEnvelopes = true;
    private int threshold = 3;
    private @Nullable LocalDateTime enquiryUntil;
    private @Nullable LocalDateTime deadline;
    private List<LotRow> lots = new ArrayList<>();
    private List<WeightRow> weights = new ArrayList<>();
    private String requirements = "";
    private List<String> openers = new ArrayList<>();

    /** Reads the draft of the address, or the plan that a new one is for. */
    public void open() {
        if (!id.isEmpty()) {
            show(tenders.get(TenderPage.uuid(id)));
        } else if (!planId.isEmpty()) {
            begin(plans.get(TenderPage.uuid(planId)));
        }
        while (openers.size() < OPENERS) {
            openers.add("");
        }
    }

    private void begin(PurchasePlanView from) {
        plan = from;
        title = from.terms().title();
        description = from.terms().specification();
        requirements = from.terms().parameters().stream()
                .map(p -> p.name() + " " + p.value())
                .collect(Collectors.joining("\n"));
        LocalDate today = LocalDate.ofInstant(clock.instant(), Formats.ZONE);
        enquiryUntil = today.plusDays(15).atTime(LocalTime.of(17, 0));
        deadline = today.plusDays(28).atTime(LocalTime.of(9, 0));
        lots.add(new LotRow(
                "1",
                from.terms().title(),
                from.terms().category(),
                from.terms().quantity(),
                from.terms().budget().amount()));
        weights.add(new WeightRow(Criterion.Kind.PRICE, "", 40));
        weights.add(new WeightRow(Criterion.Kind.QUALITY, "", 60));
    }

    private void show(TenderView seen) {
        tender = seen;
        TenderTerms t = seen.terms();
        plan = plans.get(t.planId());
        title = t.title();
        description = t.description();
        twoEnvelopes = t.twoEnvelopes();
        threshold = t.threshold();
        enquiryUntil = LocalDateTime.ofInstant(t.enquiryUntil(), Formats.ZONE);
        deadline = LocalDateTime.ofInstant(t.deadline(), Formats.ZONE);
        t.lots()
                .forEach(l -> lots.add(new LotRow(
                        l.code(),
                        l.title(),
                        l.category(),
                        l.quantity(),
                        l.ceiling().amount())));
        t.criteria().forEach(c -> weights.add(new WeightRow(c.kind(), c.title(), c.weight())));
        requirements = t.requirements().stream()
                .map(r -> (r.mandatory() ? "* " : "") + (r.lot() == null ? "" : r.lot() + ": ") + r.text())
                .collect(Collectors.joining("\n"));
        t.openers().forEach(o -> openers.add(o.toString()));
    }

    public void addLot() {
        lots.add(new LotRow(
                Integer.toString(lots.size() + 1), "", shownPlan().terms().category(), 1, null));
    }

    public void addWeight() {
        weights.add(new WeightRow(Criterion.Kind.QUALITY, "", 0));
    }

    public String save() {
        TenderView seen = tender;
        TenderView saved = seen == null ? tenders.create(terms()) : tenders.change(seen.id(), seen.version(), terms());
        return "/procurement/tender?faces-redirect=true&id=" + saved.id();
    }

    private TenderTerms terms() {
        String currency = shownPlan().terms().budget().currency();
        return new TenderTerms(
                shownPlan().id(),
                title,
                description,
                twoEnvelopes,
                threshold,
                instant("/enquiryUntil", enquiryUntil),
                instant("/deadline", deadline),
                lots.stream()
                        .filter(l -> !l.title.isBlank() || l.ceiling != null)
                        .map(l -> new Lot(
                                l.code.strip(),
                                l.title,
                                l.category,
                                l.quantity,
                                l.ceiling == null ? Money.zero(currency) : Money.of(l.ceiling, currency)))
                        .toList(),
                demands(),
                weights.stream()
                        .filter(w -> w.weight > 0)
                        .map(w -> new Criterion(w.kind, w.title, w.weight))
                        .toList(),
                openers.stream().filter(o -> !o.isBlank()).map(UUID::fromString).toList());
    }

    /** "* 1: text": mandatory, about lot 1. Both marks may be missing. */
    private List<Requirement> demands() {
        List<Requirement> demands = new ArrayList<>();
        for (String line : requirements.split("\\R", -1)) {
            String rest = line.strip();
            if (rest.isEmpty()) {
                continue;
            }
            boolean mandatory = rest.startsWith("*");
            rest = mandatory ? rest.substring(1).strip() : rest;
            String about = null;
            for (LotRow row : lots) {
                String mark = row.code.strip() + ":";
                if (rest.replace('：', ':').startsWith(mark)) {
                    about = row.code.strip();
                    rest = rest.substring(mark.length()).strip();
                    break;
                }
            }
            demands.add(new Requirement(about, rest, mandatory));
        }
        return demands;
    }

    private static Instant instant(String field, @Nullable LocalDateTime time) {
        if (time == null) {
            throw new RuleViolation("procurement.tender-invalid", "A time is needed").at(field, "needed");
        }
        return time.atZone(Formats.ZONE).toInstant();
    }

    private PurchasePlanView shownPlan() {
        PurchasePlanView from = plan;
        if (from == null) {
            throw new RuleViolation("procurement.plan-unknown", "A tender is drafted from a plan")
                    .at("/planId", "a plan of your organisation");
        }
        return from;
    }

    /** Approved plans to choose from, when the address names none. */
    public List<PurchasePlanRow> getPlans() {
        return plans.list(new ListQuery(
                        50, 0, null, List.of(), null, Map.of("state", List.of(PlanState.APPROVED.name()))))
                .items();
    }

    /** Who may open: approved organisations that are not the platform. */
    public List<OrganisationView> getCandidates() {
        return organisations
                .list(new ListQuery(
                        ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of("status", List.of("APPROVED"))))
                .items()
                .stream()
                .filter(o -> !o.kind().equals("PLATFORM"))
                .toList();
    }

    public Criterion.Kind[] getKinds() {
        return Criterion.Kind.values();
    }

    /** A lot as it is being written. */
    public static final class LotRow implements Serializable {
        private String code;
        private String title;
        private String category;
        private int quantity;
        private @Nullable BigDecimal ceiling;

        LotRow(String code, String title, String category, int quantity, @Nullable BigDecimal ceiling) {
            this.code = code;
            this.title = title;
            this.category = category;
            this.quantity = quantity;
            this.ceiling = ceiling;
        }

        public String getCode() {
            return code;
        }

        public void setCode(@Nullable String code) {
            this.code = code == null ? "" : code;
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

        public void setCategory(String category) {
            this.category = category;
        }

        public int getQuantity() {
            return quantity;
        }

        public void setQuantity(int quantity) {
            this.quantity = quantity;
        }

        public @Nullable BigDecimal getCeiling() {
            return ceiling;
        }

        public void setCeiling(@Nullable BigDecimal ceiling) {
            this.ceiling = ceiling;
        }
    }

    /** A criterion as it is being written. */
    public static final class WeightRow implements Serializable {
        private Criterion.Kind kind;
        private String title;
        private int weight;

        WeightRow(Criterion.Kind kind, String title, int weight) {
            this.kind = kind;
            this.title = title;
            this.weight = weight;
        }

        public Criterion.Kind getKind() {
            return kind;
        }

        public void setKind(Criterion.Kind kind) {
            this.kind = kind;
        }

        public String getTitle() {
            return title;
        }

        public void setTitle(@Nullable String title) {
            this.title = title == null ? "" : title;
        }

        public int getWeight() {
            return weight;
        }

        public void setWeight(int weight) {
            this.weight = weight;
        }
    }

    public @Nullable TenderView getTender() {
        return tender;
    }

    public @Nullable PurchasePlanView getPlan() {
        return plan;
    }

    public List<LotRow> getLots() {
        return lots;
    }

    public List<WeightRow> getWeights() {
        return weights;
    }

    public List<String> getOpeners() {
        return openers;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getPlanId() {
        return planId;
    }

    public void setPlanId(@Nullable String planId) {
        this.planId = planId == null ? "" : planId;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title == null ? "" : title;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }

    public boolean isTwoEnvelopes() {
        return twoEnvelopes;
    }

    public void setTwoEnvelopes(boolean twoEnvelopes) {
        this.twoEnvelopes = twoEnvelopes;
    }

    public int getThreshold() {
        return threshold;
    }

    public void setThreshold(int threshold) {
        this.threshold = threshold;
    }

    public @Nullable LocalDateTime getEnquiryUntil() {
        return enquiryUntil;
    }

    public void setEnquiryUntil(@Nullable LocalDateTime enquiryUntil) {
        this.enquiryUntil = enquiryUntil;
    }

    public @Nullable LocalDateTime getDeadline() {
        return deadline;
    }

    public void setDeadline(@Nullable LocalDateTime deadline) {
        this.deadline = deadline;
    }

    public String getRequirements() {
        return requirements;
    }

    public void setRequirements(@Nullable String requirements) {
        this.requirements = requirements == null ? "" : requirements;
    }
}

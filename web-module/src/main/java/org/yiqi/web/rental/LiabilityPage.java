package org.yiqi.web.rental;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.rental.AppealGround;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityAssessments;
import org.yiqi.rental.LiabilityCause;
import org.yiqi.rental.LiabilityRole;
import org.yiqi.rental.LiabilitySplits;
import org.yiqi.rental.LiabilityState;
import org.yiqi.rental.LiabilityStatements;
import org.yiqi.rental.LiabilityView;
import org.yiqi.rental.ProposeSplit;
import org.yiqi.shared.Money;
import org.yiqi.shared.tenancy.Caller;

/** One case of damage: where it stands, what it rests on, who bears it, and what the person who looks can do next. */
@Named
@ViewScoped
public class LiabilityPage implements Serializable {

    private static final String CURRENCY = "CNY";

    @Inject
    Liabilities liabilities;

    @Inject
    LiabilityStatements statements;

    @Inject
    LiabilityAssessments assessments;

    @Inject
    LiabilitySplits splits;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    private @Nullable String id;
    private transient @Nullable LiabilityView view;
    private final List<CauseLine> causes = new ArrayList<>(
            Arrays.stream(LiabilityCause.values()).map(CauseLine::new).toList());
    private String statement = "";
    private String repairer = "";
    private String estimator = "";
    private @Nullable BigDecimal repair;
    private @Nullable BigDecimal betterment = BigDecimal.ZERO;
    private String note = "";
    private @Nullable BigDecimal cost;
    private @Nullable LocalDate acquiredOn;
    private @Nullable Integer lifeYears;
    private @Nullable Integer residualPercent;
    private @Nullable BigDecimal amount;
    private String reason = "";
    private String panel1 = "";
    private String panel2 = "";
    private String panel3 = "";
    private AppealGround ground = AppealGround.WRONG_SPLIT;
    private String other = "";
    private LiabilityRole role = LiabilityRole.CARRIER;

    public void load() {
        view = liabilities.get(Pages.id(id));
    }

    public LiabilityView getSeen() {
        LiabilityView shown = view;
        if (shown == null) {
            shown = liabilities.get(Pages.id(id));
            view = shown;
        }
        return shown;
    }

    private boolean in(LiabilityState... states) {
        return List.of(states).contains(getSeen().state());
    }

    private boolean mine(UUID org) {
        return caller.orgId().equals(org);
    }

    public boolean isParty() {
        return getSeen().party(caller.orgId()).isPresent();
    }

    private boolean ownerOrPlatform() {
        return mine(getSeen().ownerOrg()) || caller.has("PLATFORM_OPERATOR");
    }

    public boolean isSpeaks() {
        return in(LiabilityState.STATEMENTS)
                && getSeen().party(caller.orgId()).map(p -> !p.heard()).orElse(false);
    }

    public boolean isNames() {
        return in(LiabilityState.EVIDENCE, LiabilityState.STATEMENTS)
                && isParty()
                && (caller.has("EQUIPMENT") || caller.has("SIGNATORY"));
    }

    public boolean isAsks() {
        return in(LiabilityState.EVIDENCE, LiabilityState.STATEMENTS)
                && ownerOrPlatform()
                && (caller.has("EQUIPMENT") || caller.has("PLATFORM_OPERATOR"))
                && getSeen().assessments().stream().noneMatch(a -> a.givenAt() != null);
    }

    public boolean isValues() {
        return in(LiabilityState.EVIDENCE, LiabilityState.STATEMENTS)
                && ownerOrPlatform()
                && (caller.has("EQUIPMENT") || caller.has("FINANCE") || caller.has("PLATFORM_OPERATOR"));
    }

    public boolean isAssesses() {
        return in(LiabilityState.EVIDENCE, LiabilityState.STATEMENTS)
                && getSeen().assessments().stream().anyMatch(a -> mine(a.org()) && a.givenAt() == null);
    }

    public boolean isProposes() {
        return in(LiabilityState.ASSESSED, LiabilityState.DISPUTED) && isParty() && caller.has("SIGNATORY");
    }

    public boolean isDecides() {
        LiabilityView seen = getSeen();
        UUID regulator = seen.regulatorOrg();
        boolean judge = regulator != null && mine(regulator);
        return caller.has("SIGNATORY")
                && seen.open().isEmpty()
                && ((in(LiabilityState.PANEL) && (judge || seen.panel().contains(caller.orgId())))
                        || (in(LiabilityState.APPEAL) && judge));
    }

    /** Whether this person's organisation takes part in signing the split that waits. */
    public boolean isSigns() {
        LiabilityView seen = getSeen();
        return caller.has("SIGNATORY")
                && seen.open()
                        .map(p -> p.kind() == LiabilityView.Proposal.Kind.PROPOSAL
                                ? isParty()
                                : seen.panel().contains(caller.orgId())
                                        || Objects.equals(seen.regulatorOrg(), caller.orgId()))
                        .orElse(false)
                && seen.open().map(p -> !mine(p.byOrg())).orElse(false);
    }

    public boolean isAppoints() {
        return in(LiabilityState.DISPUTED) && caller.has("REGULATOR");
    }

    public boolean isAppeals() {
        return in(LiabilityState.DECIDED)
                && isParty()
                && caller.has("SIGNATORY")
                && getSeen().appeal() == null;
    }

    public boolean isSettles() {
        LiabilityView seen = getSeen();
        return in(LiabilityState.AGREED, LiabilityState.FINAL)
                && mine(seen.ownerOrg())
                && caller.has("SIGNATORY")
                && seen.settledAct() == null
                && seen.charges().stream().allMatch(c -> c.paidAt() != null);
    }

    /** Whether there is anything to do for this person; what it is, the forms say. */
    public boolean isIdle() {
        return !(isSpeaks()
                || isNames()
                || isAsks()
                || isValues()
                || isAssesses()
                || isProposes()
                || isDecides()
                || isSigns()
                || isAppoints()
                || isAppeals()
                || isSettles());
    }

    /** The split that is shown as a picture: the one that stands, else the newest. */
    public LiabilityView.@Nullable Proposal getShown() {
        List<LiabilityView.Proposal> all = getSeen().proposals();
        return getSeen().standing().orElse(all.isEmpty() ? null : all.get(all.size() - 1));
    }

    public List<LiabilityView.Step> getHistory() {
        List<LiabilityView.Step> steps = new ArrayList<>(getSeen().history());
        Collections.reverse(steps);
        return steps;
    }

    public List<OrganisationView> getRepairers() {
        return organisations.list(Pages.approved("SERVICE", "SUPPLIER")).items();
    }

    public List<OrganisationView> getJudges() {
        return organisations
                .list(Pages.approved("HOSPITAL", "SERVICE", "SUPPLIER", "CARRIER"))
                .items();
    }

    public List<OrganisationView> getOthers() {
        return organisations
                .list(Pages.approved("CARRIER", "SUPPLIER", "SERVICE", "PLATFORM"))
                .items();
    }

    public String speak() {
        return shown(statements.state(getSeen().id(), statement));
    }

    public String nameParty() {
        return shown(liabilities.nameParty(getSeen().id(), Pages.id(other), role));
    }

    public String ask() {
        return shown(assessments.ask(getSeen().id(), Pages.id(repairer), Pages.id(estimator)));
    }

    public String assess() {
        return shown(assessments.give(getSeen().id(), money(repair), money(betterment), note));
    }

    public String value() {
        return shown(assessments.value(
                getSeen().id(), cost == null ? null : money(cost), acquiredOn, lifeYears, residualPercent));
    }

    public String propose() {
        return shown(splits.propose(getSeen().id(), split()));
    }

    public String decide() {
        return shown(splits.decide(getSeen().id(), split()));
    }

    public String agree() {
        return shown(splits.agree(getSeen().id()));
    }

    public String dispute() {
        return shown(splits.dispute(getSeen().id(), reason));
    }

    public String appoint() {
        return shown(splits.appoint(getSeen().id(), List.of(Pages.id(panel1), Pages.id(panel2), Pages.id(panel3))));
    }

    public String appeal() {
        return shown(splits.appeal(getSeen().id(), ground, reason));
    }

    public String settle() {
        return shown(splits.settle(getSeen().id()));
    }

    private ProposeSplit split() {
        List<ProposeSplit.Weighed> weighed = new ArrayList<>();
        for (CauseLine line : causes) {
            Integer weight = line.getWeight();
            if (weight != null && weight != 0) {
                weighed.add(new ProposeSplit.Weighed(
                        line.getCause(),
                        weight,
                        line.getOrg().isEmpty() ? null : Pages.id(line.getOrg()),
                        line.getReason()));
            }
        }
        return new ProposeSplit(weighed, amount == null ? null : money(amount), note);
    }

    private static Money money(@Nullable BigDecimal amount) {
        return amount == null ? Money.zero(CURRENCY) : Money.of(amount, CURRENCY);
    }

    private static String shown(LiabilityView changed) {
        return "/rental/liability?faces-redirect=true&id=" + changed.id();
    }

    /** Until when something is awaited; null when nothing is. */
    public @Nullable Instant getDue() {
        return switch (getSeen().state()) {
            case STATEMENTS -> getSeen().statementsDue();
            case DECIDED -> getSeen().appealDue();
            default -> null;
        };
    }

    /** A cause in the form of a split. */
    public static final class CauseLine implements Serializable {
        private final LiabilityCause cause;
        private @Nullable Integer weight;
        private String org = "";
        private String reason = "";

        CauseLine(LiabilityCause cause) {
            this.cause = cause;
        }

        public LiabilityCause getCause() {
            return cause;
        }

        public @Nullable Integer getWeight() {
            return weight;
        }

        public void setWeight(@Nullable Integer weight) {
            this.weight = weight;
        }

        public String getOrg() {
            return org;
        }

        public void setOrg(@Nullable String org) {
            this.org = org == null ? "" : org;
        }

        public String getReason() {
            return reason;
        }

        public void setReason(@Nullable String reason) {
            this.reason = reason == null ? "" : reason;
        }
    }

    public List<CauseLine> getCauses() {
        return causes;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public String getStatement() {
        return statement;
    }

    public void setStatement(@Nullable String statement) {
        this.statement = statement == null ? "" : statement;
    }

    public String getRepairer() {
        return repairer;
    }

    public void setRepairer(@Nullable String repairer) {
        this.repairer = repairer == null ? "" : repairer;
    }

    public String getEstimator() {
        return estimator;
    }

    public void setEstimator(@Nullable String estimator) {
        this.estimator = estimator == null ? "" : estimator;
    }

    public @Nullable BigDecimal getRepair() {
        return repair;
    }

    public void setRepair(@Nullable BigDecimal repair) {
        this.repair = repair;
    }

    public @Nullable BigDecimal getBetterment() {
        return betterment;
    }

    public void setBetterment(@Nullable BigDecimal betterment) {
        this.betterment = betterment;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }

    public @Nullable BigDecimal getCost() {
        return cost;
    }

    public void setCost(@Nullable BigDecimal cost) {
        this.cost = cost;
    }

    public @Nullable LocalDate getAcquiredOn() {
        return acquiredOn;
    }

    public void setAcquiredOn(@Nullable LocalDate acquiredOn) {
        this.acquiredOn = acquiredOn;
    }

    public @Nullable Integer getLifeYears() {
        return lifeYears;
    }

    public void setLifeYears(@Nullable Integer lifeYears) {
        this.lifeYears = lifeYears;
    }

    public @Nullable Integer getResidualPercent() {
        return residualPercent;
    }

    public void setResidualPercent(@Nullable Integer residualPercent) {
        this.residualPercent = residualPercent;
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getPanel1() {
        return panel1;
    }

    public void setPanel1(@Nullable String panel1) {
        this.panel1 = panel1 == null ? "" : panel1;
    }

    public String getPanel2() {
        return panel2;
    }

    public void setPanel2(@Nullable String panel2) {
        this.panel2 = panel2 == null ? "" : panel2;
    }

    public String getPanel3() {
        return panel3;
    }

    public void setPanel3(@Nullable String panel3) {
        this.panel3 = panel3 == null ? "" : panel3;
    }

    public AppealGround getGround() {
        return ground;
    }

    public void setGround(AppealGround ground) {
        this.ground = ground;
    }

    public String getOther() {
        return other;
    }

    public void setOther(@Nullable String other) {
        this.other = other == null ? "" : other;
    }

    public LiabilityRole getRole() {
        return role;
    }

    public void setRole(LiabilityRole role) {
        this.role = role;
    }
}

package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.oversight.CaseDecision;
import org.yiqi.oversight.CaseStage;
import org.yiqi.oversight.CaseStep;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.CaseWork;
import org.yiqi.oversight.Cases;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** What the reader may do in a case now, and what was done. */
@Named
@RequestScoped
public class CaseWorkPage {

    private static final int DAYS_TO_FOLLOW = 30;

    @Inject
    Cases cases;

    @Inject
    CaseWork work;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Organisations organisations;

    private @Nullable CaseView one;
    private String id = "";
    private String note = "";
    private @Nullable CaseStage to;
    private CaseDecision.Kind decision = CaseDecision.Kind.RECTIFY;
    private CaseDecision.@Nullable Sanction sanction;
    private int days = DAYS_TO_FOLLOW;
    private String regulator = "";

    @PostConstruct
    void readAddress() {
        String named = Faces.getRequestParameter("id");
        id = named == null ? "" : named;
        if (!id.isEmpty()) {
            try {
                one = cases.get(UUID.fromString(id));
            } catch (IllegalArgumentException e) {
                throw new NotFound("oversight.case-not-found", "No such case", e);
            }
        }
    }

    private CaseView seen() {
        CaseView known = one;
        if (known == null) {
            throw new NotFound("oversight.case-not-found", "No such case");
        }
        return known;
    }

    private long version() {
        String seen = Faces.getRequestParameter("seen");
        return seen == null || !seen.matches("\\d{1,18}") ? seen().version() : Long.parseLong(seen);
    }

    public List<CaseStep> getSteps() {
        return work.steps(seen().id());
    }

    /** The stages that a case passes, as far as they are shown as steps of a process. */
    public List<CaseStage> getStages() {
        List<CaseStage> stages = new ArrayList<>(Arrays.asList(CaseStage.values()));
        stages.remove(seen().stage() == CaseStage.PLANNED ? CaseStage.ALERTED : CaseStage.PLANNED);
        return stages;
    }

    public String stepClass(CaseStage stage) {
        int order = stage.compareTo(seen().stage());
        return order < 0 ? "done" : order == 0 ? "now" : "";
    }

    public boolean isOverdue() {
        Instant due = seen().dueAt();
        return due != null && seen().answeredAt() == null && due.isBefore(clock.instant());
    }

    /** Where the reader may take the case. */
    public List<CaseStage> getNext() {
        if (!isLeading()) {
            return List.of();
        }
        return switch (seen().stage()) {
            case PLANNED, ALERTED -> List.of(CaseStage.SCOPED);
            case SCOPED, QUERY ->
                seen().concernedOrg() == null
                        ? List.of(CaseStage.FINDING)
                        : List.of(CaseStage.QUERY, CaseStage.FINDING);
            case FINDING -> seen().concernedOrg() == null ? List.of() : List.of(CaseStage.RESPONSE);
            case DECISION -> List.of(CaseStage.FOLLOW_UP);
            case RESPONSE, FOLLOW_UP, CLOSED -> List.of();
        };
    }

    public boolean isLeading() {
        CaseView view = seen();
        boolean mine = view.leadOrg() == null || view.isWorkedOnBy(caller.orgId());
        return caller.has(Roles.REGULATOR) && mine && view.stage() != CaseStage.CLOSED;
    }

    public boolean isDecidable() {
        return isLeading() && seen().stage() == CaseStage.RESPONSE && (seen().answeredAt() != null || isOverdue());
    }

    /** Whether the reader's organisation is asked. */
    public boolean isAsked() {
        boolean may = caller.has(Roles.ORG_ADMIN)
                || caller.has(Roles.EQUIPMENT)
                || caller.has(Roles.SIGNATORY)
                || caller.has(Roles.SUPPLIER)
                || caller.has(Roles.RECYCLER);
        return may && seen().stage().asks() && caller.orgId().equals(seen().concernedOrg());
    }

    /** Regulators who could work on the case too. */
    public List<OrganisationView> getRegulators() {
        return organisations.list(ListQuery.all().where("kind", "REGULATOR")).items().stream()
                .filter(o -> !o.id().equals(caller.orgId()) && !seen().isWorkedOnBy(o.id()))
                .toList();
    }

    public String advance() {
        CaseStage next = to;
        if (next != null) {
            work.advance(seen().id(), version(), next, note);
        }
        return here();
    }

    public String answer() {
        work.answer(seen().id(), note);
        return here();
    }

    public String decide() {
        CaseDecision.Sanction chosen = decision == CaseDecision.Kind.SANCTION ? sanction : null;
        work.decide(seen().id(), version(), new CaseDecision(decision, chosen, note, days));
        return here();
    }

    public String join() {
        try {
            work.join(seen().id(), version(), UUID.fromString(regulator));
        } catch (IllegalArgumentException e) {
            throw new NotFound("organisation.not-found", "No such organisation", e);
        }
        return here();
    }

    private String here() {
        return "/oversight/cases?faces-redirect=true&id=" + id;
    }

    public List<CaseDecision.Kind> getDecisions() {
        return List.of(CaseDecision.Kind.values());
    }

    public List<CaseDecision.Sanction> getSanctions() {
        return List.of(CaseDecision.Sanction.values());
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }

    public @Nullable CaseStage getTo() {
        return to;
    }

    public void setTo(@Nullable CaseStage to) {
        this.to = to;
    }

    public CaseDecision.Kind getDecision() {
        return decision;
    }

    public void setDecision(CaseDecision.Kind decision) {
        this.decision = decision;
    }

    public CaseDecision.@Nullable Sanction getSanction() {
        return sanction;
    }

    public void setSanction(CaseDecision.@Nullable Sanction sanction) {
        this.sanction = sanction;
    }

    public int getDays() {
        return days;
    }

    public void setDays(int days) {
        this.days = days;
    }

    public String getRegulator() {
        return regulator;
    }

    public void setRegulator(@Nullable String regulator) {
        this.regulator = regulator == null ? "" : regulator;
    }
}

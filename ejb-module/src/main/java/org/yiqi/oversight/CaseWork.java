package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Supervision;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * The way of a case: a regulator scopes it, asks, finds, hears and decides; the organisation concerned answers. Nobody is
 * decided upon unheard: a decision needs the response, or the end of the time for it. A sanction takes effect in the
 * transaction of its decision.
 */
@Stateless
@Secured
public class CaseWork {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<String> KINDS = Set.of("AUDIT", "COMPLAINT", "INCIDENT");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Cases cases;

    @Inject
    Supervision supervision;

    @Inject
    Recalls recalls;

    /** @throws RuleViolation {@code oversight.case-invalid} */
    @RolesAllowed(Roles.REGULATOR)
    public CaseView open(OpenCase open) {
        if (!KINDS.contains(open.kind())) {
            throw new RuleViolation("oversight.case-invalid", "Not a kind of case").at("/kind", "one of " + KINDS);
        }
        said("/title", open.title(), 200);
        said("/reason", open.reason(), 4000);
        known("organisation.organisation", open.concernedOrg(), "/concernedOrg");
        known("equipment.model", open.modelId(), "/modelId");
        UUID id = Ids.next();
        sql.update(
                """
                insert into oversight.oversight_case(id, kind, table_name, row_id, title, stage, lead_org, concerned_org, model_id, opened_at)
                values (?, ?, '', ?, ?, ?, ?, ?, ?, ?)""",
                id,
                open.kind(),
                id.toString(),
                open.title().strip(),
                (open.planned() ? CaseStage.PLANNED : CaseStage.ALERTED).name(),
                caller.orgId(),
                open.concernedOrg(),
                open.modelId(),
                clock.instant());
        step(id, "OPENED", open.reason(), null, false);
        audit.write("oversight.case-opened", id.toString(), Map.of("kind", open.kind()));
        return cases.get(id);
    }

    private void known(String table, @Nullable UUID id, String pointer) {
        if (id != null && !sql.exists("select 1 from " + table + " where id = ?", id)) {
            throw new RuleViolation("oversight.case-invalid", "There is no such thing")
                    .at(pointer, "an id that exists");
        }
    }

    /**
     * Takes another regulator in: its people may do what the leading one's may.
     *
     * @throws RuleViolation {@code oversight.not-a-regulator}
     */
    @RolesAllowed(Roles.REGULATOR)
    public CaseView join(UUID id, long seen, UUID regulator) {
        CaseView open = mine(id, seen);
        if (!sql.exists(
                "select 1 from organisation.organisation where id = ? and kind = 'REGULATOR' and status = 'APPROVED'",
                regulator)) {
            throw new RuleViolation("oversight.not-a-regulator", "Only regulators work on a case")
                    .at("/regulator", "an approved regulator");
        }
        if (open.isWorkedOnBy(regulator)) {
            return open;
        }
        StaleVersion.checkChanged(sql.update("""
                update oversight.oversight_case set joint_orgs = joint_orgs || cast(? as uuid), lead_org = coalesce(lead_org, ?),
                  version = version + 1 where id = ? and version = ?""", regulator, caller.orgId(), id, seen));
        step(id, "JOINED", regulator.toString(), null, false);
        audit.write("oversight.case-joined", id.toString(), Map.of("regulator", regulator.toString()));
        return cases.get(id);
    }

    /**
     * Takes a case one stage on: SCOPED, QUERY, FINDING, RESPONSE or FOLLOW_UP. Query and response start the clock of the
     * organisation concerned.
     *
     * @throws Conflict {@code oversight.case-other-stage}
     * @throws RuleViolation {@code oversight.case-concerns-nobody}
     */
    @RolesAllowed(Roles.REGULATOR)
    public CaseView advance(UUID id, long seen, CaseStage to, String note) {
        CaseView open = mine(id, seen);
        said("/note", note, 4000);
        if (!open.stage().leadsTo(to)) {
            throw new Conflict("oversight.case-other-stage", "A case in " + open.stage() + " does not go to " + to);
        }
        if (to.asks() && open.concernedOrg() == null) {
            throw new RuleViolation("oversight.case-concerns-nobody", "There is no organisation to ask")
                    .at("/concernedOrg", "named");
        }
        Instant due = to.asks() ? clock.instant().plus(time(to)) : null;
        StaleVersion.checkChanged(sql.update("""
                update oversight.oversight_case set stage = ?, due_at = ?, answered_at = null, told = told or ?,
                  lead_org = coalesce(lead_org, ?), version = version + 1 where id = ? and version = ? and state = 'OPEN'""", to.name(), due, to.asks(), caller.orgId(), id, seen));
        step(id, to.name(), note, due, to != CaseStage.SCOPED && to != CaseStage.FINDING);
        audit.write("oversight.case-advanced", id.toString(), Map.of("stage", to.name()));
        return cases.get(id);
    }

    private Duration time(CaseStage stage) {
        return sql.first(
                        "select hours from oversight.case_rule where stage = ? and from_day <= ? order by from_day desc limit 1",
                        rs -> Duration.ofHours(rs.getInt(1)),
                        stage.name(),
                        LocalDate.ofInstant(clock.instant(), CHINA))
                .orElseThrow();
    }

    /**
     * The organisation concerned answers a query, or responds to a finding. It may add to its answer until the case goes on.
     *
     * @throws Conflict {@code oversight.case-not-asking}
     */
    @RolesAllowed({Roles.ORG_ADMIN, Roles.EQUIPMENT, Roles.SIGNATORY, Roles.SUPPLIER, Roles.RECYCLER})
    public CaseView answer(UUID id, String note) {
        CaseView open = cases.get(id);
        said("/note", note, 4000);
        if (!caller.orgId().equals(open.concernedOrg())) {
            throw new NotPermitted("oversight.not-concerned", "Only the organisation concerned answers");
        }
        int changed = sql.update("""
                update oversight.oversight_case set answered_at = ?, version = version + 1
                where id = ? and concerned_org = ? and stage in ('QUERY', 'RESPONSE')""", clock.instant(), id, caller.orgId());
        if (changed == 0) {
            throw new Conflict("oversight.case-not-asking", "Nothing is asked in this case now");
        }
        step(id, "ANSWERED", note, null, true);
        audit.write(
                "oversight.case-answered",
                id.toString(),
                Map.of("stage", open.stage().name()));
        return cases.get(id);
    }

    /**
     * Decides a case that the organisation concerned has been heard in, or could have been.
     *
     * @throws Conflict {@code oversight.case-other-stage}, {@code oversight.case-not-heard}
     * @throws RuleViolation {@code oversight.decision-invalid}
     */
    @RolesAllowed(Roles.REGULATOR)
    public CaseView decide(UUID id, long seen, CaseDecision decision) {
        CaseView open = mine(id, seen);
        said("/reasons", decision.reasons(), 2000);
        if (open.stage() != CaseStage.RESPONSE) {
            throw new Conflict("oversight.case-other-stage", "A decision follows the response");
        }
        Instant due = open.dueAt();
        Instant now = clock.instant();
        if (open.answeredAt() == null && due != null && now.isBefore(due)) {
            throw new Conflict("oversight.case-not-heard", "The time for the response is not over");
        }
        boolean ends = decision.kind() == CaseDecision.Kind.CLOSE;
        check(open, decision);
        Instant follow = ends ? null : now.plus(Duration.ofDays(decision.days()));
        UUID recall = sanction(open, decision);
        CaseDecision.Sanction sanction = decision.sanction();
        StaleVersion.checkChanged(sql.update(
                """
                update oversight.oversight_case set stage = ?, state = ?, due_at = ?, answered_at = null, decision = ?, sanction = ?,
                  recall_id = ?, closed_at = ?, closed_by = ?, finding = ?, version = version + 1 where id = ? and version = ?""",
                (ends ? CaseStage.CLOSED : CaseStage.DECISION).name(),
                ends ? "CLOSED" : "OPEN",
                follow,
                decision.kind().name(),
                sanction == null ? "" : sanction.name(),
                recall,
                ends ? now : null,
                ends ? caller.personId() : null,
                ends ? decision.reasons().strip() : "",
                id,
                seen));
        step(id, "DECISION", decision.reasons(), follow, true);
        audit.write(
                "oversight.case-decided",
                id.toString(),
                Map.of("decision", decision.kind().name(), "sanction", String.valueOf(sanction)));
        return cases.get(id);
    }

    private static void check(CaseView open, CaseDecision decision) {
        boolean sanctions = decision.kind() == CaseDecision.Kind.SANCTION;
        if (sanctions != (decision.sanction() != null)) {
            throw new RuleViolation("oversight.decision-invalid", "A sanction is named where one is decided")
                    .at("/sanction", "with SANCTION only");
        }
        if (decision.sanction() == CaseDecision.Sanction.HOLD_MODEL && open.modelId() == null) {
            throw new RuleViolation("oversight.decision-invalid", "This case is about no model")
                    .at("/sanction", "HOLD_MODEL needs a model");
        }
        if (decision.kind() != CaseDecision.Kind.CLOSE && (decision.days() < 1 || decision.days() > 365)) {
            throw new RuleViolation("oversight.decision-invalid", "Say how long there is to follow it")
                    .at("/days", "1 to 365");
        }
    }

    /** @return the recall that holds a model, if that is the sanction */
    private @Nullable UUID sanction(CaseView open, CaseDecision decision) {
        CaseDecision.Sanction sanction = decision.sanction();
        UUID concerned = open.concernedOrg();
        if (sanction == CaseDecision.Sanction.SUSPEND_ORGANISATION && concerned != null) {
            supervision.suspend(concerned, decision.reasons().strip());
            return null;
        }
        if (sanction == CaseDecision.Sanction.HOLD_MODEL) {
            RecallScope scope = new RecallScope(open.modelId(), "", "", "", "");
            return recalls.issue(new IssueRecall(open.title(), decision.reasons(), RecallClass.II, scope))
                    .id();
        }
        return null;
    }

    /** What was done in a case, the first first; the organisation concerned reads what was addressed to it and what it wrote. */
    @RolesAllowed("**")
    public List<CaseStep> steps(UUID id) {
        cases.get(id);
        return sql.list(
                """
                select s.*, o.name_zh, o.name_en from oversight.case_step s join organisation.organisation o on o.id = s.org_id
                where s.case_id = ? order by s.at, s.id""",
                rs -> new CaseStep(
                        rs.getObject("id", UUID.class),
                        rs.getTimestamp("at").toInstant(),
                        rs.getObject("org_id", UUID.class),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getString("action"),
                        rs.getString("note"),
                        Sql.instant(rs, "due_at")),
                id);
    }

    private CaseView mine(UUID id, long seen) {
        CaseView open = cases.get(id);
        StaleVersion.check(seen, open.version());
        if (open.stage() == CaseStage.CLOSED) {
            throw new Conflict("oversight.case-closed", "This case is closed");
        }
        if (caller.scope() != Scope.REGULATOR || (open.leadOrg() != null && !open.isWorkedOnBy(caller.orgId()))) {
            throw new NotPermitted("oversight.case-of-others", "Another regulator works on this case");
        }
        return open;
    }

    private void step(UUID id, String action, String note, @Nullable Instant due, boolean openToConcerned) {
        sql.update(
                """
                insert into oversight.case_step(id, case_id, at, org_id, person_id, action, note, due_at, open_to_concerned)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                Ids.next(),
                id,
                clock.instant(),
                caller.orgId(),
                caller.personId(),
                action,
                note.strip(),
                due,
                openToConcerned);
    }

    private static void said(String pointer, String text, int most) {
        Recalls.said(pointer, text, most);
    }

    static NotFound notFound() {
        return new NotFound("oversight.case-not-found", "No such case");
    }
}

package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.procurement.PurchasePlanView.Step;
import org.yiqi.procurement.PurchasePlanView.StepState;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The way of a plan up the ladder. Each step is signed by a person who has its right, or by the one to whom such a person
 * delegated it; never by who made the plan, and nobody signs two steps of one round.
 */
@Stateless
@Secured
public class PlanApprovals {

    @Inject
    Sql sql;

    @Inject
    PurchasePlanStore store;

    @Inject
    PurchasePlans plans;

    @Inject
    People people;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<PlanApproved> approved;

    /** Whether the caller could sign the plan's next step now. */
    @RolesAllowed("**")
    public boolean isCallersTurn(PurchasePlanView plan) {
        Step next = plan.next();
        return next != null && obstacle(plan, next).isEmpty();
    }

    /**
     * Signs the next step; with the last one the plan is approved.
     *
     * @throws NotPermitted {@code procurement.own-plan}, {@code procurement.not-your-step}
     * @throws Conflict {@code procurement.plan-not-waiting}, {@code procurement.signed-before}
     */
    @RolesAllowed("**")
    public PurchasePlanView sign(UUID id, long seen, String note) {
        store.lock(id);
        PurchasePlanView plan = plans.get(id);
        Step step = turn(plan, seen);
        new Limits("procurement.note-too-long", "The note is too long")
                .optional("/note", note, 2000)
                .refuse();
        decide(plan, step, StepState.SIGNED, note.strip());
        boolean last =
                plan.steps().stream().noneMatch(s -> s.round() == plan.round() && s.position() > step.position());
        if (last) {
            store.move(id, seen, PlanState.APPROVED, ", approved_at = ?", clock.instant());
            approved.fire(new PlanApproved(id));
        } else {
            store.move(id, seen, PlanState.APPROVING, "");
        }
        audit.write(
                last ? "procurement.plan-approved" : "procurement.plan-signed",
                id.toString(),
                Map.of("step", step.step().name(), "round", plan.round()));
        return plans.get(id);
    }

    /**
     * Sends the plan back to who made it; a new round begins at the foot of the ladder.
     *
     * @throws RuleViolation {@code procurement.reason-missing}
     */
    @RolesAllowed("**")
    public PurchasePlanView giveBack(UUID id, long seen, String reason) {
        store.lock(id);
        PurchasePlanView plan = plans.get(id);
        Step step = turn(plan, seen);
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        decide(plan, step, StepState.RETURNED, reason.strip());
        sql.update(
                "update procurement.plan_step set state = 'LEFT' where plan_id = ? and round = ? and state = 'WAITING'",
                id,
                plan.round());
        store.move(id, seen, PlanState.RETURNED, "");
        audit.write(
                "procurement.plan-returned",
                id.toString(),
                Map.of("step", step.step().name(), "reason", reason.strip()));
        return plans.get(id);
    }

    /**
     * Lets a colleague sign the next step in the caller's stead.
     *
     * @throws RuleViolation {@code procurement.delegate-unknown}
     */
    @RolesAllowed("**")
    public PurchasePlanView delegate(UUID id, long seen, UUID person) {
        store.lock(id);
        PurchasePlanView plan = plans.get(id);
        Step step = turn(plan, seen);
        if (!caller.has(step.step().role())) {
            throw new NotPermitted("procurement.not-your-step", "A delegate does not delegate again");
        }
        boolean colleague = colleagues().stream().anyMatch(p -> p.id().equals(person));
        if (!colleague || person.equals(caller.personId())) {
            throw new RuleViolation("procurement.delegate-unknown", "Name a colleague")
                    .at("/personId", "an active person of your organisation");
        }
        if (person.equals(plan.madeBy())) {
            throw new NotPermitted("procurement.own-plan", "Nobody approves the own plan");
        }
        sql.update("""
                update procurement.plan_step set delegate = ?, delegated_by = ?
                 where plan_id = ? and round = ? and position = ?""", person, caller.personId(), id, step.round(), step.position());
        store.move(id, seen, PlanState.APPROVING, "");
        audit.write(
                "procurement.step-delegated",
                id.toString(),
                Map.of("step", step.step().name(), "to", person.toString()));
        return plans.get(id);
    }

    /** The people of the caller's organisation who can be delegated to. */
    @RolesAllowed("**")
    public List<PersonView> colleagues() {
        return people.list(new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of())).items().stream()
                .filter(PersonView::active)
                .toList();
    }

    private Step turn(PurchasePlanView plan, long seen) {
        if (plan.state() != PlanState.APPROVING) {
            throw new Conflict("procurement.plan-not-waiting", "The plan does not wait for a signature");
        }
        StaleVersion.check(seen, plan.version());
        Step next = plan.next();
        if (next == null) {
            throw new Conflict("procurement.plan-not-waiting", "The plan does not wait for a signature");
        }
        obstacle(plan, next).ifPresent(refusal -> {
            throw refusal;
        });
        return next;
    }

    /** Why the caller does not sign a step, if there is a reason. */
    private Optional<BusinessException> obstacle(PurchasePlanView plan, Step next) {
        if (plan.madeBy().equals(caller.personId())) {
            return Optional.of(new NotPermitted("procurement.own-plan", "Nobody approves the own plan"));
        }
        if (!plan.organisationId().equals(caller.orgId()) || !isEntitled(next)) {
            return Optional.of(new NotPermitted("procurement.not-your-step", "Another person signs this step"));
        }
        if (hasSigned(plan)) {
            return Optional.of(new Conflict("procurement.signed-before", "Nobody signs two steps of one plan"));
        }
        return Optional.empty();
    }

    private boolean isEntitled(Step step) {
        return caller.has(step.step().role()) || caller.personId().equals(step.delegate());
    }

    private boolean hasSigned(PurchasePlanView plan) {
        return plan.steps().stream()
                .anyMatch(s -> s.round() == plan.round() && caller.personId().equals(s.personId()));
    }

    private void decide(PurchasePlanView plan, Step step, StepState state, String note) {
        Instant now = clock.instant();
        StaleVersion.checkChanged(
                sql.update("""
                update procurement.plan_step set state = ?, person_id = ?, decided_at = ?, note = ?
                 where plan_id = ? and round = ? and position = ? and state = 'WAITING'""", state.name(), caller.personId(), now, note, plan.id(), step.round(), step.position()));
    }
}

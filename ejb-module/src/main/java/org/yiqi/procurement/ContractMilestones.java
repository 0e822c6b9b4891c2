package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.yiqi.billing.Journal;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Milestones of a contract: the supplier says when it expects them and reports them, the buyer decides and pays what is met. */
@Stateless
@Secured
public class ContractMilestones {

    @Inject
    Sql sql;

    @Inject
    Contracts contracts;

    @Inject
    Journal journal;

    @Inject
    ContractGuard guard;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ContractMoved> moved;

    /** The supplier says when it expects a milestone. */
    @RolesAllowed(Roles.SUPPLIER)
    public ContractView expect(UUID id, long seen, int position, LocalDate day) {
        ContractView contract = guard.supplied(id, seen, ContractState.EFFECTIVE, ContractState.AMENDING);
        in(milestone(contract, position), MilestoneState.SCHEDULED, MilestoneState.NOT_MET);
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .check("/expected", !day.isBefore(guard.today()), "not in the past")
                .refuse();
        update(id, position, "expected = ?", day);
        audit.write(
                "procurement.milestone-expected", id.toString(), Map.of("milestone", position, "day", day.toString()));
        return contracts.get(id);
    }

    /** The supplier reports that a milestone is reached; one that was not met may be reported again. */
    @RolesAllowed(Roles.SUPPLIER)
    public ContractView report(UUID id, long seen, int position, String note) {
        ContractView contract = guard.supplied(id, seen, ContractState.EFFECTIVE, ContractState.AMENDING);
        notAcceptance(milestone(contract, position));
        in(
                milestone(contract, position),
                MilestoneState.SCHEDULED,
                MilestoneState.NOT_MET,
                MilestoneState.PARTIALLY_MET);
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .optional("/note", note, 2000)
                .refuse();
        update(
                id,
                position,
                "state = 'REPORTED', note = ?, reported_at = ?, decided_at = null, decided_by = null",
                note.strip(),
                clock.instant());
        audit.write("procurement.milestone-reported", id.toString(), Map.of("milestone", position));
        return contracts.get(id);
    }

    /**
     * The buyer decides what a milestone came to. Only a met one is paid.
     *
     * @param outcome MET, PARTIALLY_MET or NOT_MET; the last two say why
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public ContractView decide(UUID id, long seen, int position, MilestoneState outcome, String note) {
        ContractView contract = guard.own(id, seen, ContractState.EFFECTIVE, ContractState.AMENDING);
        ContractView.Milestone milestone = milestone(contract, position);
        notAcceptance(milestone);
        boolean decision = outcome == MilestoneState.MET
                || outcome == MilestoneState.PARTIALLY_MET
                || outcome == MilestoneState.NOT_MET;
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .check("/outcome", decision, "MET, PARTIALLY_MET or NOT_MET")
                .check("/note", outcome == MilestoneState.MET || !note.isBlank(), "says why")
                .optional("/note", note, 2000)
                .refuse();
        if (!milestone.overdue(guard.today()) || outcome != MilestoneState.NOT_MET) {
            in(milestone, MilestoneState.REPORTED);
        }
        update(
                id,
                position,
                "state = ?, note = ?, decided_at = ?, decided_by = ?",
                outcome.name(),
                note.strip(),
                clock.instant(),
                caller.personId());
        audit.write(
                "procurement.milestone-decided",
                id.toString(),
                Map.of("milestone", position, "outcome", outcome.name()));
        return contracts.get(id);
    }

    /**
     * The buyer pays a milestone that is met, also after the contract was ended.
     *
     * @param reference of the transfer
     * @throws Conflict {@code procurement.milestone-not-met}, {@code procurement.milestone-paid}
     */
    @RolesAllowed(Roles.FINANCE)
    public ContractView pay(UUID id, long seen, int position, String reference) {
        ContractView contract =
                guard.own(id, seen, ContractState.EFFECTIVE, ContractState.AMENDING, ContractState.TERMINATED);
        ContractView.Milestone milestone = milestone(contract, position);
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .text("/reference", reference, 60)
                .refuse();
        if (milestone.state() != MilestoneState.MET) {
            throw new Conflict("procurement.milestone-not-met", "Only a met milestone is paid");
        }
        if (milestone.paid() != null) {
            throw new Conflict("procurement.milestone-paid", "The milestone is paid");
        }
        if (milestone.payable().minor() == 0) {
            throw new RuleViolation("procurement.nothing-to-pay", "Nothing is paid for this milestone");
        }
        UUID payment = Ids.next();
        sql.update(
                """
                insert into procurement.contract_payment(id, contract_id, milestone, amount_minor, reference, paid_by, paid_at)
                values (?,?,?,?,?,?,?)""",
                payment,
                id,
                position,
                milestone.payable().minor(),
                reference.strip(),
                caller.personId(),
                clock.instant());
        journal.contractPaid(payment, contract.buyerId(), contract.supplierId(), milestone.payable());
        sql.update("update procurement.contract set version = version + 1 where id = ?", id);
        moved.fire(new ContractMoved(id));
        audit.write("procurement.milestone-paid", id.toString(), Map.of("milestone", position));
        return contracts.get(id);
    }

    private static ContractView.Milestone milestone(ContractView contract, int position) {
        return contract.milestones().stream()
                .filter(m -> m.position() == position)
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.milestone-not-found", "No such milestone"));
    }

    /** What three people sign, no one else decides. */
    private static void notAcceptance(ContractView.Milestone milestone) {
        if (milestone.kind() == MilestoneKind.ACCEPTANCE) {
            throw new Conflict("procurement.acceptance-by-three", "Three people of the buyer accept, by the delivery");
        }
    }

    private static void in(ContractView.Milestone milestone, MilestoneState... states) {
        for (MilestoneState state : states) {
            if (milestone.state() == state) {
                return;
            }
        }
        throw new Conflict("procurement.milestone-state", "The milestone is not at this step")
                .with("state", milestone.state().name());
    }

    private void update(UUID id, int position, String set, Object... values) {
        Object[] all = new Object[values.length + 2];
        System.arraycopy(values, 0, all, 0, values.length);
        all[values.length] = id;
        all[values.length + 1] = position;
        sql.update("update procurement.contract_milestone set " + set + " where contract_id = ? and position = ?", all);
        sql.update("update procurement.contract set version = version + 1 where id = ?", id);
        moved.fire(new ContractMoved(id));
    }
}

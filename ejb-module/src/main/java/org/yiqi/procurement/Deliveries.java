package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ScanView;
import org.yiqi.equipment.Scans;
import org.yiqi.procurement.DeliveryView.UnitState;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Delivery and acceptance: the supplier scans what it delivers, the buyer measures each device, and three of the buyer's people
 * sign. What failed stays with the supplier, who may deliver another one; then the next round begins.
 */
@Stateless
@Secured
public class Deliveries {

    @Inject
    Sql sql;

    @Inject
    Contracts contracts;

    @Inject
    ContractGuard guard;

    @Inject
    ContractStore store;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Scans scans;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ContractMoved> moved;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("delivered_once", "procurement.serial-known");
        DatabaseRefusals.register("acceptance_signature_pkey", "procurement.hat-signed");
        DatabaseRefusals.register("acceptance_three_people", "procurement.person-signed");
        DatabaseRefusals.register("acceptance_needs_three", "procurement.acceptance-by-three");
    }

    /** What was delivered and how far its acceptance is, for both sides. */
    @RolesAllowed("**")
    public DeliveryView of(UUID contractId) {
        ContractView contract = contracts.get(contractId);
        int ordered =
                contract.items().stream().mapToInt(ContractTerms.Item::quantity).sum();
        return sql.first(
                        "select acceptance, acceptance_round, accepted_at, warranty_until from procurement.contract where id = ?",
                        rs -> {
                            int round = rs.getInt("acceptance_round");
                            return new DeliveryView(
                                    contractId,
                                    ordered,
                                    delivered(contractId),
                                    rs.getString("acceptance"),
                                    round,
                                    signatures(contractId, round),
                                    Sql.instant(rs, "accepted_at"),
                                    Sql.day(rs, "warranty_until"));
                        },
                        contractId)
                .orElseThrow(Contracts::unknown);
    }

    private List<DeliveryView.Unit> delivered(UUID contract) {
        Map<UUID, Map<String, BigDecimal>> values = new HashMap<>();
        sql.list(
                """
                select c.unit_id, c.code, c.value from procurement.delivered_check c
                  join procurement.delivered_unit u on u.id = c.unit_id where u.contract_id = ?""",
                rs -> values.computeIfAbsent(rs.getObject(1, UUID.class), u -> new HashMap<>())
                        .put(rs.getString(2), rs.getBigDecimal(3)),
                contract);
        return sql.list(
                "select * from procurement.delivered_unit where contract_id = ? order by delivered_at, id",
                rs -> new DeliveryView.Unit(
                        rs.getObject("id", UUID.class),
                        rs.getInt("item"),
                        rs.getString("udi"),
                        rs.getString("device_identifier"),
                        rs.getString("serial"),
                        UnitState.valueOf(rs.getString("state")),
                        rs.getString("defects"),
                        rs.getTimestamp("delivered_at").toInstant(),
                        Sql.instant(rs, "accepted_at"),
                        rs.getObject("unit_id", UUID.class),
                        rs.getObject("handover_act", UUID.class),
                        Sql.instant(rs, "taken_at"),
                        values.getOrDefault(rs.getObject("id", UUID.class), Map.of())),
                contract);
    }

    private List<DeliveryView.Signature> signatures(UUID contract, int round) {
        return sql.list(
                "select * from procurement.acceptance_signature where contract_id = ? and round = ? order by signed_at",
                rs -> new DeliveryView.Signature(
                        AcceptanceHat.valueOf(rs.getString("hat")),
                        rs.getObject("person_id", UUID.class),
                        rs.getTimestamp("signed_at").toInstant()),
                contract,
                round);
    }

    /** What the buyer measures on each device of a contract. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.FINANCE, Roles.COMMITTEE})
    public List<AcceptanceCheck> checks(UUID contractId) {
        ContractView contract = contracts.get(contractId);
        String category = plans.find(contract.planId())
                .filter(p -> p.organisationId().equals(caller.orgId()))
                .map(p -> p.terms().category())
                .orElseThrow(Deliveries::notBuyer);
        return sql.list(
                """
                select distinct on (position, code) * from procurement.acceptance_check
                 where category in ('*', ?) and from_day <= ? order by position, code, from_day desc""",
                rs -> new AcceptanceCheck(
                        rs.getString("code"),
                        rs.getString("stage"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getString("unit"),
                        rs.getBigDecimal("low"),
                        rs.getBigDecimal("high"),
                        rs.getString("source")),
                category,
                guard.today());
    }

    /**
     * The supplier delivers one device, by what its carrier says.
     *
     * @param item position in the contract
     * @param text the unique device identifier, scanned or typed; it names the serial number
     * @throws RuleViolation {@code equipment.udi-format}, ..., {@code procurement.udi-without-serial},
     *     {@code procurement.wrong-model}
     * @throws Conflict {@code procurement.serial-known}, {@code procurement.delivered-all},
     *     {@code procurement.acceptance-begun}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public DeliveryView deliver(UUID contractId, int item, String text) {
        ContractView contract = moving(contractId);
        if (!contract.supplierId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-contract", "The supplier delivers");
        }
        if (item < 1 || item > contract.items().size()) {
            throw new RuleViolation("procurement.contract-invalid", "No such item")
                    .at("/item", "1 to " + contract.items().size());
        }
        ScanView scan = scans.read(text);
        String identifier = scan.deviceIdentifier();
        String serial = scan.serial();
        if (identifier == null || serial == null) {
            throw new RuleViolation("procurement.udi-without-serial", "A device is delivered by its serial number")
                    .at("/udi", "a unique device identifier with a serial number");
        }
        ContractTerms.Item bought = contract.items().get(item - 1);
        if (bought.modelId() != null && !bought.modelId().equals(scan.modelId())) {
            throw new RuleViolation("procurement.wrong-model", "This is another model than the contract's")
                    .at("/udi", bought.description());
        }
        DeliveryView before = of(contractId);
        notBegun(before);
        long there = before.units().stream()
                .filter(u -> u.item() == item && u.state() != UnitState.FAILED)
                .count();
        if (there >= bought.quantity()) {
            throw new Conflict("procurement.delivered-all", "All devices of this item are delivered");
        }
        UUID id = Ids.next();
        sql.update("""
                insert into procurement.delivered_unit(id, contract_id, item, udi, device_identifier, serial, delivered_at)
                values (?,?,?,?,?,?,?)""", id, contractId, item, text.strip(), identifier, serial, clock.instant());
        audit.write("procurement.unit-delivered", contractId.toString(), Map.of("unit", id, "serial", serial));
        return of(contractId);
    }

    /**
     * The buyer measures a device. It passes when every value is within its limits and nothing else is wrong.
     *
     * @param values by the check's code; all of them
     * @param defects what else is wrong, empty when nothing is
     * @throws RuleViolation {@code procurement.checks-missing}
     * @throws Conflict {@code procurement.acceptance-begun}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DeliveryView judge(UUID contractId, UUID unitId, Map<String, BigDecimal> values, String defects) {
        ContractView contract = moving(contractId);
        buyer(contract);
        DeliveryView before = of(contractId);
        notBegun(before);
        DeliveryView.Unit unit = unit(before, unitId);
        if (unit.acceptedAt() != null) {
            throw new Conflict("procurement.unit-accepted", "The device is accepted");
        }
        List<AcceptanceCheck> checks = checks(contractId);
        Limits limits = new Limits("procurement.checks-missing", "Every check has a number")
                .optional("/defects", defects, 1000);
        StringBuilder found = new StringBuilder(defects.strip());
        for (AcceptanceCheck check : checks) {
            BigDecimal value = values.get(check.code());
            limits.check(
                    "/values/" + check.code(), value != null, check.low() + " to " + check.high() + " " + check.unit());
            if (value != null && !check.passes(value)) {
                found.append(found.isEmpty() ? "" : "; ")
                        .append(check.code())
                        .append(' ')
                        .append(value.toPlainString());
            }
        }
        limits.refuse();
        sql.update(
                "update procurement.delivered_unit set state = ?, defects = ?, judged_by = ?, judged_at = ? where id = ?",
                found.isEmpty() ? "PASSED" : "FAILED",
                found.toString(),
                caller.personId(),
                clock.instant(),
                unitId);
        for (AcceptanceCheck check : checks) {
            BigDecimal value = values.get(check.code());
            sql.update("""
                    insert into procurement.delivered_check(unit_id, code, value, passed) values (?,?,?,?)
                    on conflict (unit_id, code) do update set value = excluded.value, passed = excluded.passed""", unitId, check.code(), value, value != null && check.passes(value));
        }
        audit.write(
                "procurement.unit-judged", contractId.toString(), Map.of("unit", unitId, "passed", found.isEmpty()));
        return of(contractId);
    }

    /**
     * One of three people of the buyer accepts what was found. With the third signature the devices that passed are accepted
     * and the milestone is decided; the warranty of all runs from the day when the last ordered one is accepted.
     *
     * @throws Conflict {@code procurement.not-judged}, {@code procurement.hat-signed}, {@code procurement.person-signed}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.FINANCE, Roles.COMMITTEE})
    public DeliveryView sign(UUID contractId, AcceptanceHat hat) {
        boolean wears = caller.has(hat.name()) || (hat == AcceptanceHat.FINANCE && caller.has(Roles.COMMITTEE));
        if (!wears) {
            throw new NotPermitted("procurement.not-your-hat", "Sign for your own department");
        }
        ContractView contract = moving(contractId);
        buyer(contract);
        DeliveryView before = of(contractId);
        if (before.outcome().equals("ACCEPTED")) {
            throw new Conflict("procurement.acceptance-over", "All is accepted");
        }
        if (!before.isJudged()
                || before.units().stream().noneMatch(u -> u.acceptedAt() == null && judgedIn(u, before))) {
            throw new Conflict("procurement.not-judged", "Every delivered device is measured first");
        }
        sql.update("""
                insert into procurement.acceptance_signature(contract_id, round, hat, person_id, signed_at) values (?,?,?,?,?)""", contractId, before.round(), hat.name(), caller.personId(), clock.instant());
        audit.write("procurement.acceptance-signed", contractId.toString(), Map.of("hat", hat.name()));
        if (before.signatures().size() + 1 == AcceptanceHat.values().length) {
            complete(contract, before);
        }
        return of(contractId);
    }

    /** A device that failed in an earlier round has had its say; one that passed or fails now has not. */
    private static boolean judgedIn(DeliveryView.Unit unit, DeliveryView view) {
        return unit.state() == UnitState.PASSED || view.outcome().isEmpty();
    }

    private void complete(ContractView contract, DeliveryView view) {
        long passed = view.count(UnitState.PASSED);
        String outcome = passed == 0 ? "REJECTED" : passed < view.ordered() ? "PARTIAL" : "ACCEPTED";
        Instant now = clock.instant();
        LocalDate until = guard.today().plusMonths(contract.warrantyMonths());
        boolean all = outcome.equals("ACCEPTED");
        sql.update(
                "update procurement.delivered_unit set accepted_at = ? where contract_id = ? and state = 'PASSED' and accepted_at is null",
                now,
                contract.id());
        sql.update("""
                update procurement.contract set version = version + 1, acceptance = ?, accepted_at = ?, warranty_until = ?
                 where id = ?""", outcome, all ? now : null, all ? until : null, contract.id());
        sql.update(
                "update procurement.contract set acceptance_round = acceptance_round + 1 where id = ?", contract.id());
        sql.update(
                """
                update procurement.contract_milestone set state = ?, decided_at = ?, decided_by = ?
                 where contract_id = ? and kind = 'ACCEPTANCE'""",
                all ? "MET" : outcome.equals("PARTIAL") ? "PARTIALLY_MET" : "NOT_MET",
                now,
                caller.personId(),
                contract.id());
        moved.fire(new ContractMoved(contract.id()));
        audit.write("procurement.accepted", contract.id().toString(), Map.of("outcome", outcome, "passed", passed));
    }

    private ContractView moving(UUID id) {
        contracts.get(id);
        ContractView contract = store.lock(id).orElseThrow(Contracts::unknown);
        if (contract.state() != ContractState.EFFECTIVE && contract.state() != ContractState.AMENDING) {
            throw new Conflict("procurement.contract-state", "The contract is not in force")
                    .with("state", contract.state().name());
        }
        return contract;
    }

    private void buyer(ContractView contract) {
        if (!contract.buyerId().equals(caller.orgId())) {
            throw notBuyer();
        }
    }

    private static NotPermitted notBuyer() {
        return new NotPermitted("procurement.not-your-contract", "This step is the buyer's");
    }

    private static void notBegun(DeliveryView view) {
        if (!view.signatures().isEmpty()) {
            throw new Conflict("procurement.acceptance-begun", "The acceptance is being signed");
        }
    }

    private static DeliveryView.Unit unit(DeliveryView view, @Nullable UUID id) {
        return view.units().stream()
                .filter(u -> u.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.unit-not-found", "No such device in this contract"));
    }
}

package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.RegisterUnit;
import org.yiqi.equipment.Scans;
import org.yiqi.equipment.SoldUnit;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.DeliveryView.UnitState;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * From the supplier's hands into the buyer's: the supplier brings every measured device onto the ledger, whose first custodian it is, and
 * signs over those that were accepted; the buyer signs for each and owns it from then on. What failed stays with the supplier.
 */
@Stateless
@Secured
public class UnitHandovers {

    private static final String ACCEPTED = "custody.accepted";

    @Inject
    Sql sql;

    @Inject
    Contracts contracts;

    @Inject
    ContractStore store;

    @Inject
    Deliveries deliveries;

    @Inject
    Scans scans;

    @Inject
    Units units;

    @Inject
    Custody custody;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("delivered_into_inventory_once", "procurement.unit-taken-in");
        DatabaseRefusals.register("delivered_handover_once", "procurement.unit-taken-in");
    }

    /**
     * The supplier brings what was measured onto the ledger and signs over what was accepted. With a key that it holds itself, a device is
     * signed over by a second call, after the act that registers it is signed.
     *
     * @throws NotPermitted {@code procurement.not-your-contract}
     * @throws Conflict {@code procurement.nothing-to-hand-over}, {@code procurement.model-unknown}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DeliveryView handOver(UUID contractId) {
        contracts.get(contractId);
        ContractView contract = store.lock(contractId).orElseThrow(Contracts::unknown);
        if (!contract.supplierId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-contract", "The supplier hands over");
        }
        int done = 0;
        DeliveryView view = deliveries.of(contractId);
        for (int i = 0; i < view.units().size(); i++) {
            DeliveryView.Unit unit = view.units().get(i);
            if (unit.state() == UnitState.DELIVERED) {
                continue;
            }
            UUID registered = unit.unitId();
            if (registered == null) {
                registered = register(contract, unit, contract.number() + "-" + (i + 1));
                done++;
            }
            if (unit.acceptedAt() != null
                    && unit.handoverAct() == null
                    && unit.takenAt() == null
                    && units.get(registered).signedFor()) {
                UUID act = acts.propose(NewAct.sold(
                        registered, contract.supplierId(), contract.buyerId(), contractId, clock.instant()));
                sql.update("update procurement.delivered_unit set handover_act = ? where id = ?", act, unit.id());
                done++;
            }
        }
        if (done == 0) {
            throw new Conflict("procurement.nothing-to-hand-over", "No device waits to be handed over");
        }
        audit.write("procurement.units-handed-over", contractId.toString(), Map.of("steps", done));
        return deliveries.of(contractId);
    }

    private UUID register(ContractView contract, DeliveryView.Unit unit, String tag) {
        UUID model = scans.read(unit.udi()).modelId();
        if (model == null) {
            throw new Conflict("procurement.model-unknown", "Describe the model under equipment first");
        }
        UUID made = units.registerForSale(
                        new RegisterUnit(
                                model,
                                tag,
                                unit.serial(),
                                null,
                                unit.udi(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                false),
                        contract.buyerId(),
                        contract.id())
                .id();
        sql.update("update procurement.delivered_unit set unit_id = ? where id = ?", made, unit.id());
        return made;
    }

    /**
     * The buyer signs for an accepted device: with that it owns and holds it, in service, with its price and its warranty.
     *
     * @throws NotPermitted {@code procurement.not-your-contract}
     * @throws NotFound {@code procurement.unit-not-found}
     * @throws Conflict {@code procurement.unit-not-accepted}, {@code procurement.unit-not-handed-over}, {@code
     *     procurement.unit-taken-in}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DeliveryView takeIn(UUID contractId, UUID unitId, String assetTag) {
        contracts.get(contractId);
        ContractView contract = store.lock(contractId).orElseThrow(Contracts::unknown);
        if (!contract.buyerId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-contract", "This step is the buyer's");
        }
        DeliveryView.Unit unit = deliveries.of(contractId).units().stream()
                .filter(u -> u.id().equals(unitId))
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.unit-not-found", "No such device in this contract"));
        if (unit.acceptedAt() == null) {
            throw new Conflict("procurement.unit-not-accepted", "The device is the supplier's until it is accepted");
        }
        if (unit.takenAt() != null) {
            throw new Conflict("procurement.unit-taken-in", "The device is taken in");
        }
        UUID act = unit.handoverAct();
        if (act == null) {
            throw new Conflict("procurement.unit-not-handed-over", "The supplier has not signed it over yet");
        }
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .text("/assetTag", assetTag, 60)
                .refuse();
        sql.update("update procurement.delivered_unit set asset_tag = ? where id = ?", assetTag.strip(), unitId);
        acts.signIfManaged(act);
        audit.write("procurement.unit-taken-in", contractId.toString(), Map.of("unit", unitId));
        return deliveries.of(contractId);
    }

    /** Both have signed: the device is the buyer's. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        UUID id = completed.reference();
        if (!completed.type().equals(ACCEPTED) || id == null || store.find(id).isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        ContractView contract = store.lock(id).orElseThrow(Contracts::unknown);
        deliveries.of(id).units().stream()
                .filter(unit -> completed.actId().equals(unit.handoverAct()) && unit.takenAt() == null)
                .findFirst()
                .ifPresent(unit -> take(contract, unit, completed, now));
    }

    private void take(ContractView contract, DeliveryView.Unit unit, ActCompleted completed, Instant now) {
        Instant accepted = unit.acceptedAt();
        LocalDate day = LocalDate.ofInstant(accepted == null ? now : accepted, BusinessCalendar.CHINA);
        String tag = sql.first(
                        "select asset_tag from procurement.delivered_unit where id = ?",
                        rs -> rs.getString(1),
                        unit.id())
                .orElse("");
        custody.sell(
                completed.subject().id(),
                contract.buyerId(),
                completed.actId(),
                now,
                new SoldUnit(
                        tag,
                        day,
                        contract.items().get(unit.item() - 1).unitPrice(),
                        day.plusMonths(contract.warrantyMonths())));
        sql.update("update procurement.delivered_unit set taken_at = ? where id = ?", now, unit.id());
    }

    /** The buyer did not sign in time: the supplier may sign over again. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        if (expired.type().equals(ACCEPTED)) {
            sql.update(
                    "update procurement.delivered_unit set handover_act = null where handover_act = ? and taken_at is null",
                    expired.actId());
        }
    }
}

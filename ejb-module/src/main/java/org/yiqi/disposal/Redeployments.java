package org.yiqi.disposal;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.maintenance.RequestRepair;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.UnitReleased;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * A unit that was up for disposal and lives on. Given to another organisation, free of charge: offered, accepted by its signature and the
 * owner's, then handed over like any unit ({@link DisposalHandovers}), with which it is the other's. Moved to another department of the
 * house: one person gives, another receives. Refurbished: a work order makes it good, and with its release the unit is back in service.
 */
@Stateless
@Secured
public class Redeployments {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    ProposedActs proposed;

    @Inject
    Organisations organisations;

    @Inject
    Units units;

    @Inject
    Availability availability;

    @Inject
    WorkOrders workOrders;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Offers a unit that was let go for it to another hospital, which sees it from now on. As long as that has not accepted, it can be
     * offered to another instead.
     *
     * @throws NotFound {@code organisation.not-found}
     * @throws RuleViolation {@code disposal.receiver-unfit}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.other-way}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView offer(UUID id, UUID receiverId) {
        DisposalView disposal = own(id, Way::isPassedOn, DisposalState.AUTHORISED);
        OrganisationView receiver = organisations.get(receiverId);
        boolean fit = "HOSPITAL".equals(receiver.kind())
                && "APPROVED".equals(receiver.status())
                && !receiverId.equals(disposal.organisationId());
        if (!fit) {
            throw new RuleViolation("disposal.receiver-unfit", "Only another approved hospital uses a unit on")
                    .at("/receiverId", "an approved hospital");
        }
        units.hide(id);
        sql.update(
                "update disposal.disposal set version = version + 1, receiver_id = ?, receiver_tag = '' where id = ?",
                receiverId,
                id);
        units.show(disposal.unitId(), receiverId, id);
        audit.write("disposal.offered", id.toString(), Map.of("receiver", receiverId.toString()));
        return store.get(id);
    }

    /**
     * The receiver signs that it takes the unit over; the owner's signature follows.
     *
     * @param assetTag what the unit will be called there; empty to keep what it is called
     * @throws NotPermitted {@code disposal.receiver-only}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView accept(UUID id, String assetTag) {
        DisposalView disposal = offered(id);
        if (assetTag.strip().length() > 60) {
            throw new RuleViolation("disposal.tag-too-long", "The tag is too long")
                    .at("/assetTag", "at most 60 characters");
        }
        sql.update("update disposal.disposal set receiver_tag = ? where id = ?", assetTag.strip(), id);
        proposed.award(
                disposal,
                Money.zero(DisposalApprovals.valuation(disposal).likely().currency()));
        audit.write("disposal.offer-accepted", id.toString(), Map.of());
        return store.get(id);
    }

    /**
     * The receiver does not want it; the owner can offer it to another.
     *
     * @throws NotPermitted {@code disposal.receiver-only}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SIGNATORY})
    public void decline(UUID id, String reason) {
        DisposalView disposal = offered(id);
        reasoned(reason);
        audit.write(
                "disposal.offer-declined",
                id.toString(),
                Map.of("receiver", String.valueOf(disposal.takerId()), "reason", reason.strip()));
        units.hide(id);
        // Afterwards the receiver sees the disposal no more, so its own eyes do not suffice to write that.
        LedgerWide.on(
                dataSource,
                c -> sql.update(
                        "update disposal.disposal set version = version + 1, receiver_id = null where id = ?", id));
    }

    private DisposalView offered(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.AUTHORISED);
        proposed.refuseWaiting(disposal);
        if (!disposal.isPassedOn() || !caller.orgId().equals(disposal.takerId())) {
            throw new NotPermitted("disposal.receiver-only", "Only whom the unit is offered to answers");
        }
        return disposal;
    }

    /**
     * Gives the unit to another department of the house, which still has to receive it.
     *
     * @param site empty where it stays
     * @throws RuleViolation {@code disposal.department-missing}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.other-way}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView move(UUID id, String department, String site) {
        own(id, w -> w == Way.REDEPLOY, DisposalState.APPROVED, DisposalState.AUTHORISED);
        RuleViolation refusal = new RuleViolation("disposal.department-missing", "Say where it goes");
        if (department.isBlank() || department.strip().length() > 100) {
            refusal.at("/department", "1 to 100 characters");
        }
        if (site.strip().length() > 200) {
            refusal.at("/site", "at most 200 characters");
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        units.hide(id);
        store.move(
                id,
                DisposalState.MOVING,
                ", receiver_id = null, department = ?, site = ?, moved_by = ?",
                department.strip(),
                site.strip(),
                caller.personId());
        audit.write("disposal.moved", id.toString(), Map.of("department", department.strip()));
        return store.get(id);
    }

    /**
     * The department has the unit: it is back in service there. Another person than the one who gave it says so.
     *
     * @throws NotPermitted {@code disposal.own-move}
     * @throws Conflict {@code disposal.wrong-state}
     */
    @RolesAllowed({Roles.CLINICAL, Roles.EQUIPMENT})
    public DisposalView receive(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.MOVING);
        store.refuseOthers(disposal);
        DisposalView.Route route = disposal.route();
        if (route == null || caller.personId().equals(route.movedBy())) {
            throw new NotPermitted("disposal.own-move", "Another person receives the unit");
        }
        availability.keep(disposal.unitId(), id);
        units.relocate(disposal.unitId(), route.department(), route.site());
        store.move(
                id,
                DisposalState.COMPLETED,
                ", received_by = ?, completed_at = ?, outcome = 'REDEPLOYED'",
                caller.personId(),
                clock.instant());
        audit.write("disposal.received", id.toString(), Map.of("department", route.department()));
        return store.get(id);
    }

    /**
     * Opens the work order that makes the unit good again. The unit is the owner's own and in its hands until the order stops it.
     *
     * @param description what is to be done
     * @throws RuleViolation {@code disposal.reason-missing}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.other-way}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView refurbish(UUID id, String description) {
        DisposalView disposal = own(id, w -> w == Way.REFURBISH, DisposalState.APPROVED);
        reasoned(description);
        availability.keep(disposal.unitId(), id);
        UUID order = workOrders
                .request(new RequestRepair(disposal.unitId(), Symptom.OTHER, description.strip(), false, List.of()))
                .id();
        availability.maintain(disposal.unitId(), disposal.number(), order);
        store.move(id, DisposalState.REFURBISHING, ", refurbish_order = ?", order);
        audit.write("disposal.refurbishing", id.toString(), Map.of("order", order.toString()));
        return store.get(id);
    }

    /** The work order is over and the unit works again. */
    @PermitAll
    public void on(@Observes UnitReleased released) {
        LedgerWide.on(dataSource, c -> sql.update("""
                        update disposal.disposal set version = version + 1, state = 'COMPLETED', outcome = 'REFURBISHED', completed_at = ?
                         where refurbish_order = ? and state = 'REFURBISHING'""", released.at(), released.workOrderId()));
    }

    private DisposalView own(UUID id, Predicate<Way> rule, DisposalState... states) {
        DisposalView disposal = store.in(id, states);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        DisposalView.Route route = disposal.route();
        if (route == null || !rule.test(route.way())) {
            throw new Conflict("disposal.other-way", "The disposal was approved for another way");
        }
        return disposal;
    }

    private static void reasoned(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > 2000) {
            throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
        }
    }
}

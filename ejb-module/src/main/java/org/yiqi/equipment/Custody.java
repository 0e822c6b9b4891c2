package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.yiqi.equipment.domain.Unit;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Ids;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Who answers for a unit: exactly one organisation at any moment, and only acts change it. */
@Stateless
@Secured
public class Custody {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Models models;

    @Inject
    Event<CustodyPassed> passed;

    /**
     * Passes a unit on. The caller is whoever completed the act; that giver and taker signed it is the ledger's check.
     *
     * @param actId the completed act; it moves custody once
     * @throws Conflict {@code equipment.custody-unchanged} when the taker holds it already,
     *     {@code equipment.custody-backwards} when it would begin before the present custody did
     */
    @RolesAllowed("**")
    public void transfer(UUID unitId, UUID toOrg, UUID actId, Instant at) {
        UUID before = Sql.in(dataSource, c -> pass(c, unitId, toOrg, actId, at, false));
        tell(unitId, before, toOrg, actId, at);
    }

    /**
     * Passes a unit to the organisation that has bought it: from then on it owns it and can use it. The caller is whoever completed the
     * act; that giver and taker signed it, and the contract before it, is the ledger's check.
     *
     * @param actId the completed act; it moves custody once
     * @throws Conflict as for {@link #transfer}; {@code equipment.asset-tag-taken}
     */
    @RolesAllowed("**")
    public void sell(UUID unitId, UUID toOrg, UUID actId, Instant at, SoldUnit sold) {
        own(unitId, toOrg, actId, at, sold::describe, false, Unit::takeOver);
    }

    /**
     * Passes a unit to the organisation that it was given to: from then on it owns it, and commissions it before it is used. The unit
     * stays the same, with its UDI and its history. The caller is whoever completed the act; that both signed it, and the disposal before
     * it, is the ledger's check.
     *
     * @param actId the completed act; it moves custody once
     * @param assetTag empty to keep the giver's
     * @throws Conflict as for {@link #transfer}; {@code equipment.asset-tag-taken}
     */
    @RolesAllowed("**")
    public void give(UUID unitId, UUID toOrg, UUID actId, Instant at, String assetTag) {
        LocalDate day = LocalDate.ofInstant(at, UnitDetailsReader.ZONE);
        own(unitId, toOrg, actId, at, details -> details.givenOn(day, assetTag), true, Unit::passOn);
    }

    private void own(
            UUID unitId,
            UUID toOrg,
            UUID actId,
            Instant at,
            UnaryOperator<UnitDetails> describe,
            boolean withoutMaintainer,
            Consumer<Unit> become) {
        UUID before = LedgerWide.on(dataSource, c -> {
            UUID giver = pass(c, unitId, toOrg, actId, at, true);
            Unit unit = UnitStore.lock(c, unitId);
            unit.describe(describe.apply(unit.details()), withoutMaintainer ? null : unit.maintainerId());
            UnitStore.updateDetails(c, unit, models.get(unit.modelId()), at);
            Unit described = UnitStore.lock(c, unitId);
            become.accept(described);
            UnitStore.updateStatus(c, described, at);
            Sql.run(c, "delete from equipment.guest where unit_id = ? and org_id = ?", unitId, toOrg);
            return giver;
        });
        tell(unitId, before, toOrg, actId, at);
    }

    private UUID pass(Connection c, UUID unitId, UUID toOrg, UUID actId, Instant at, boolean owned)
            throws SQLException {
        Unit unit = UnitStore.lockIdentity(c, unitId);
        if (unit.status() == UnitStatus.DISPOSED) {
            throw new Conflict("equipment.unit-disposed", "A disposed unit does not change any more");
        }
        if (unit.custodianId().equals(toOrg)) {
            throw new Conflict("equipment.custody-unchanged", "The organisation holds the unit already");
        }
        int ended = Sql.run(
                c,
                "update equipment.custody set to_at = ? where unit_id = ? and to_at is null and from_at < ?",
                at,
                unitId,
                at);
        if (ended != 1) {
            throw new Conflict("equipment.custody-backwards", "Custody cannot begin before the one that it follows");
        }
        Sql.run(
                c,
                "insert into equipment.custody(id, unit_id, org_id, from_at, act_id, owned) values (?,?,?,?,?,?)",
                Ids.next(),
                unitId,
                toOrg,
                at,
                actId,
                owned);
        HistoryLog.write(
                c,
                caller,
                unitId,
                at,
                "custody-passed",
                actId,
                Map.of("from", unit.custodianId().toString(), "to", toOrg.toString()));
        return unit.custodianId();
    }

    private void tell(UUID unitId, UUID before, UUID toOrg, UUID actId, Instant at) {
        audit.write(
                "equipment.custody-passed",
                unitId.toString(),
                Map.of("from", before.toString(), "to", toOrg.toString(), "act", actId.toString()));
        passed.fire(new CustodyPassed(unitId, before, toOrg, actId, at));
    }

    /**
     * Nobody answers for the unit any more: it is at its end.
     *
     * @param actId the completed act that closed its chain
     */
    @RolesAllowed("**")
    public void close(UUID unitId, UUID actId, Instant at) {
        Sql.in(dataSource, c -> {
            UnitStore.lock(c, unitId);
            int ended = Sql.run(
                    c,
                    "update equipment.custody set to_at = ? where unit_id = ? and to_at is null and from_at < ?",
                    at,
                    unitId,
                    at);
            if (ended != 1) {
                throw new Conflict("equipment.custody-backwards", "Custody ends after it began, and once");
            }
            HistoryLog.write(c, caller, unitId, at, "custody-closed", actId, Map.of());
            return true;
        });
        audit.write("equipment.custody-closed", unitId.toString(), Map.of("act", actId.toString()));
    }

    /** Who held the unit at an instant; empty before it was registered. */
    @RolesAllowed("**")
    public Optional<CustodyPeriod> custodianAt(UUID unitId, Instant instant) {
        return Sql.in(
                dataSource,
                c -> Sql.one(
                        c,
                        "select * from equipment.custody where unit_id = ? and during @> cast(? as timestamptz)",
                        Custody::period,
                        unitId,
                        instant));
    }

    /** All custody of a unit, newest first. */
    @RolesAllowed("**")
    public List<CustodyPeriod> of(UUID unitId) {
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.custody where unit_id = ? order by from_at desc",
                        Custody::period,
                        unitId));
    }

    private static CustodyPeriod period(ResultSet rs) throws SQLException {
        return new CustodyPeriod(
                Sql.uuid(rs, "org_id"),
                Sql.instant(rs, "from_at"),
                Sql.instantOrNull(rs, "to_at"),
                Sql.uuid(rs, "act_id"));
    }
}

package org.yiqi.equipment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.domain.LabelCode;
import org.yiqi.ledger.ActExpired;
import org.yiqi.shared.Ids;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Scope;

class UnitsIT {

    private final EquipmentFixture f = new EquipmentFixture();

    private static ChangeUnit change(String site, String serial) {
        return new ChangeUnit(
                null, serial, null, null, null, null, null, site, null, null, null, null, null, null, null, null, null,
                null, null);
    }

    private void asOwner(Runnable work) {
        f.services.as(f.owner, () -> {
            work.run();
            return true;
        });
    }

    private UnitStatus status(UUID unit) {
        return f.services.as(f.owner, () -> f.units.get(unit)).status();
    }

    @Test
    void aRegisteredUnitIsOwnedAndHeldByItsHospitalFromThatMoment() {
        UnitView unit = f.unit();
        assertEquals(f.owner, unit.ownerId());
        assertEquals(f.owner, unit.custodianId());
        assertEquals(UnitStatus.AVAILABLE, unit.status());
        List<CustodyPeriod> custody = f.services.as(f.owner, () -> f.custody.of(unit.id()));
        assertEquals(1, custody.size());
        assertNull(custody.get(0).to());
        assertTrue(f.services
                .events()
                .contains(new UnitRegistered(unit.id(), unit.model().id(), f.owner)));
        assertEquals(
                "registered",
                f.services.as(f.owner, () -> f.units.history(unit.id())).get(0).kind());
    }

    @Test
    void aUnitWhoseOwnerHasStillToSignIsNotInService() {
        f.signing = false;
        UnitView unit = f.unit();
        assertEquals(UnitStatus.REGISTERED, unit.status());
        assertFalse(unit.signedFor());
        Conflict early = assertThrows(Conflict.class, () -> asOwner(() -> f.availability.commission(unit.id())));
        assertEquals("equipment.not-signed-for", early.code());
        // Its time ran out; the owner asks once more and signs.
        Subject subject = Subject.custody(unit.id());
        f.services.asScope(Scope.SYSTEM, () -> {
            f.units.on(new ActExpired(Ids.next(), "custody.registered", subject, null));
            return true;
        });
        assertEquals(
                "registration-lapsed",
                f.services.as(f.owner, () -> f.units.history(unit.id())).get(0).kind());
        f.signing = true;
        UnitView signed = f.services.as(f.owner, () -> f.units.registerAgain(unit.id()));
        assertTrue(signed.signedFor());
        assertEquals(UnitStatus.AVAILABLE, signed.status());
        assertEquals(
                "equipment.already-registered",
                assertThrows(Conflict.class, () -> f.services.as(f.owner, () -> f.units.registerAgain(unit.id())))
                        .code());
    }

    @Test
    void anotherHospitalFindsNothing() {
        UnitView unit = f.unit();
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> f.units.get(unit.id())));
        assertTrue(f.services
                .as(f.other, () -> f.units.list(ListQuery.all()))
                .items()
                .isEmpty());
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> f.units.history(unit.id())));
        assertTrue(
                f.services.as(f.other, () -> f.units.byLabel(unit.labelCode())).isEmpty());
        assertEquals(
                unit.id(),
                f.services
                        .asScope(Scope.REGULATOR, () -> f.units.get(unit.id()))
                        .id());
    }

    @Test
    void aGuestSeesTheUnitButNotItsCostAndOnlyUntilItIsHidden() {
        UnitView unit = f.unit();
        UUID rental = Ids.next();
        asOwner(() -> f.units.show(unit.id(), f.other, rental));
        assertNull(f.services.as(f.other, () -> f.units.get(unit.id())).acquisitionCost());
        asOwner(() -> f.units.hide(rental));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> f.units.get(unit.id())));
    }

    @Test
    void aStrangerCannotMakeItselfAGuest() {
        UnitView unit = f.unit();
        assertThrows(
                SQLException.class,
                () -> f.db.inOrg(f.other, c -> {
                    try (var s = c.prepareStatement(
                            "insert into equipment.guest(unit_id, org_id, reference_id, shown_by, since) values (?,?,?,?,now())")) {
                        s.setObject(1, unit.id());
                        s.setObject(2, f.other);
                        s.setObject(3, Ids.next());
                        s.setObject(4, f.other);
                        return s.executeUpdate();
                    }
                }));
    }

    @Test
    void theIdentifierOnTheDeviceFillsInWhatNobodyTyped() {
        UUID model = f.services.as(f.owner, () -> f.models
                .add(new DescribeModel(
                        "GS1",
                        UdiNumbers.gtin(),
                        "呼吸机",
                        "Ventilator",
                        "Ruiming",
                        null,
                        null,
                        null,
                        "III",
                        null,
                        null,
                        null,
                        Map.of(),
                        null))
                .id());
        String di = f.services.as(f.owner, () -> f.models.get(model)).deviceIdentifier();
        UnitView unit = f.services.as(
                f.owner,
                () -> f.units.register(EquipmentFixture.command(
                        model, "T-" + Ids.next(), null, "(01)" + di + "(11)241231(17)340707(10)A213B1(21)S1")));
        assertEquals("S1", unit.serial());
        assertEquals("A213B1", unit.lot());
        assertEquals(LocalDate.of(2024, 12, 31), unit.manufacturedOn());
        assertEquals("VENTILATOR", unit.model().category());
        UUID another = f.model();
        RuleViolation other = assertThrows(
                RuleViolation.class,
                () -> f.services.as(
                        f.owner,
                        () -> f.units.register(
                                EquipmentFixture.command(another, "T-" + Ids.next(), null, "(01)" + di + "(21)S2"))));
        assertEquals("equipment.udi-of-another-model", other.code());
        RuleViolation wrong = assertThrows(
                RuleViolation.class,
                () -> f.services.as(
                        f.owner,
                        () -> f.units.register(
                                EquipmentFixture.command(model, "T-" + Ids.next(), null, "(01)00208851107345"))));
        assertEquals("equipment.udi-check-digit", wrong.code());
    }

    @Test
    void aSerialNumberIsRegisteredOnceEvenByAnotherHospital() {
        UUID model = f.model();
        f.unit(model, "SAME");
        RuntimeException again = assertThrows(
                RuntimeException.class,
                () -> f.services.as(
                        f.other,
                        () -> f.units.register(EquipmentFixture.command(model, "T-" + Ids.next(), "SAME", null))));
        BusinessException refusal = DatabaseRefusals.in(again);
        assertEquals("equipment.serial-taken", refusal == null ? again.toString() : refusal.code());
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        UnitView unit = f.unit();
        UnitView moved = f.services.as(f.owner, () -> f.units.change(unit.id(), unit.version(), change("3号楼", null)));
        assertEquals("3号楼", moved.site());
        assertEquals(unit.version() + 1, moved.version());
        assertThrows(
                StaleVersion.class,
                () -> f.services.as(f.owner, () -> f.units.change(unit.id(), unit.version(), change("4号楼", null))));
        assertEquals(
                "2号楼 → 3号楼",
                f.services
                        .as(f.owner, () -> f.units.history(unit.id()))
                        .get(0)
                        .details()
                        .get("site"));
    }

    @Test
    void whoHoldsAUnitSaysWhereItStandsButOnlyTheOwnerCorrectsItsSerial() {
        UnitView unit = f.unit();
        f.services.clock().set(f.services.clock().instant().plusSeconds(60));
        asOwner(() -> f.custody.transfer(
                unit.id(), f.other, Ids.next(), f.services.clock().instant()));
        UnitView held = f.services.as(f.other, () -> f.units.get(unit.id()));
        assertEquals(f.other, held.custodianId());
        f.services.as(f.other, () -> f.units.change(unit.id(), held.version(), change("急诊", null)));
        assertThrows(
                NotPermitted.class,
                () -> f.services.as(f.other, () -> f.units.change(unit.id(), held.version() + 1, change(null, "X"))));
    }

    @Test
    void twoHoldsStopAUnitUntilBothAreReleasedAndThenItIsWhereItWas() {
        UUID unit = f.unit().id();
        UUID alert = Ids.next();
        UUID order = Ids.next();
        asOwner(() -> f.availability.beginUse(unit, Ids.next()));
        asOwner(() -> f.availability.quarantine(unit, "cooling", alert));
        asOwner(() -> f.availability.quarantine(unit, "cooling again", alert));
        asOwner(() -> f.availability.maintain(unit, "repair", order));
        assertEquals(UnitStatus.QUARANTINED, status(unit));
        asOwner(() -> f.availability.release(unit, alert));
        assertEquals(UnitStatus.MAINTENANCE, status(unit));
        asOwner(() -> f.availability.endUse(unit, Ids.next()));
        assertEquals(UnitStatus.MAINTENANCE, status(unit));
        asOwner(() -> f.availability.release(unit, order));
        assertEquals(UnitStatus.AVAILABLE, status(unit));
        asOwner(() -> f.availability.release(unit, order));
        assertEquals(UnitStatus.AVAILABLE, status(unit));
    }

    @Test
    void aDisposedUnitIsNotBookedAndItsSerialStaysTaken() {
        UUID model = f.model();
        UUID unit = f.unit(model, "LAST").id();
        asOwner(() -> f.availability.retire(unit, Ids.next()));
        asOwner(() -> f.availability.dispose(unit, Ids.next(), false));
        Conflict refused = assertThrows(
                Conflict.class,
                () -> f.services.as(
                        f.owner,
                        () -> f.calendar.reserve(
                                unit,
                                EquipmentFixture.hours(1, 2),
                                SlotUse.RENTAL,
                                Ids.next(),
                                SlotState.BOOKED,
                                null)));
        assertEquals("equipment.unit-not-bookable", refused.code());
        assertThrows(RuntimeException.class, () -> f.unit(model, "LAST"));
        assertThrows(Conflict.class, () -> asOwner(() -> f.availability.quarantine(unit, "late", Ids.next())));
    }

    @Test
    void custodyPassesOnceByOneActAndNeverOverlaps() {
        UUID unit = f.unit().id();
        Instant begin = f.services.clock().instant();
        Instant handover = begin.plusSeconds(3600);
        UUID act = Ids.next();
        asOwner(() -> f.custody.transfer(unit, f.other, act, handover));
        assertEquals(
                f.owner,
                f.services
                        .as(f.owner, () -> f.custody.custodianAt(unit, handover.minusMillis(1)))
                        .orElseThrow()
                        .orgId());
        assertEquals(
                f.other,
                f.services
                        .as(f.owner, () -> f.custody.custodianAt(unit, handover))
                        .orElseThrow()
                        .orgId());
        assertTrue(f.services
                .as(f.owner, () -> f.custody.custodianAt(unit, begin.minusSeconds(1)))
                .isEmpty());
        assertThrows(
                RuntimeException.class,
                () -> asOwner(() -> f.custody.transfer(unit, f.owner, act, handover.plusSeconds(1))));
        Conflict backwards = assertThrows(
                Conflict.class, () -> asOwner(() -> f.custody.transfer(unit, f.owner, Ids.next(), handover)));
        assertEquals("equipment.custody-backwards", backwards.code());
    }

    @Test
    void theDatabaseItselfRefusesASecondCustodianAndACustodianWithoutAnAct() throws SQLException {
        UUID unit = f.unit().id();
        String insert =
                "insert into equipment.custody(id, unit_id, org_id, from_at, to_at, act_id) values (gen_random_uuid(), '"
                        + unit + "', '" + f.other + "', now(), ";
        for (String row :
                List.of("null, gen_random_uuid())", "now() + interval '1 hour', gen_random_uuid())", "null, null)")) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> f.db.inScope(Scope.SYSTEM, c -> c.createStatement().executeUpdate(insert + row)));
            assertTrue(List.of("23505", "23P01", "23502").contains(refused.getSQLState()), refused.getSQLState());
        }
        SQLException bypass = assertThrows(
                SQLException.class,
                () -> f.db.inScope(Scope.SYSTEM, c -> c.createStatement()
                        .executeUpdate("update equipment.unit set custodian_id = '" + f.other + "' where id = '" + unit
                                + "'")));
        assertEquals("42501", bypass.getSQLState());
    }

    /** The search asks an index with the owner's rights: it must see with the caller's eyes all the same. */
    @Test
    void aSearchFindsWhatTheCallerSeesAndNothingElse() throws SQLException {
        String serial = "寻Q7" + Ids.next();
        UnitView unit = f.unit(f.model(), serial);
        for (String typed : List.of(serial.substring(0, 2), serial.substring(5))) {
            assertEquals(List.of(unit.id()), found(f.owner, typed));
            assertEquals(List.of(), found(f.other, typed));
            assertEquals(List.of(), asksTheIndex(f.other, typed));
            UUID rental = Ids.next();
            asOwner(() -> f.units.show(unit.id(), f.other, rental));
            assertEquals(List.of(unit.id()), found(f.other, typed));
            asOwner(() -> f.units.hide(rental));
        }
    }

    private List<UUID> found(UUID org, String typed) {
        ListQuery query = new ListQuery(50, 0, null, List.of(), typed, Map.of());
        return f.services.as(
                org, () -> f.units.list(query).items().stream().map(UnitRow::id).toList());
    }

    private List<UUID> asksTheIndex(UUID org, String typed) throws SQLException {
        return f.db.inOrg(
                org,
                c -> Sql.all(
                        c,
                        "select units_like as id from equipment.units_like(lower(?))",
                        rs -> Sql.uuid(rs, "id"),
                        typed));
    }

    @Test
    void listsFilterSearchSortAndPageByCursor() {
        UUID model = f.model();
        for (int i = 0; i < 5; i++) {
            f.unit(model, "L" + i);
        }
        ListQuery two = new ListQuery(2, 0, null, List.of("serial"), null, Map.of("model", List.of(model.toString())));
        var first = f.services.as(f.owner, () -> f.units.list(two));
        assertEquals(5, first.total());
        var second = f.services.as(
                f.owner, () -> f.units.list(new ListQuery(2, 0, first.next(), two.sort(), null, two.filters())));
        assertEquals(
                List.of("L2", "L3"),
                second.items().stream().map(UnitRow::serial).toList());
        var found =
                f.services.as(f.owner, () -> f.units.list(new ListQuery(50, 0, null, List.of(), "l4", two.filters())));
        assertEquals(1, found.total());
        for (String category : List.of("MRI", "CT")) {
            Map<String, List<String>> kind = Map.of("model", List.of(model.toString()), "category", List.of(category));
            var ofKind = f.services.as(f.owner, () -> f.units.list(new ListQuery(2, 0, null, List.of(), null, kind)));
            assertEquals(category.equals("MRI") ? 5 : 0, ofKind.total());
        }
    }

    @Test
    void aLabelIsFoundAsTypedAndAWrongCharacterIsNoticed() {
        UnitView unit = f.unit();
        String printed = LabelCode.printed(unit.labelCode()).toLowerCase(java.util.Locale.ROOT);
        assertEquals(
                unit.id(),
                f.services
                        .as(f.owner, () -> f.units.byLabel(printed))
                        .orElseThrow()
                        .id());
        char last = unit.labelCode().charAt(12);
        String wrong = unit.labelCode().substring(0, 12) + (last == '7' ? '8' : '7');
        assertTrue(LabelCode.read(wrong).isEmpty());
    }
}

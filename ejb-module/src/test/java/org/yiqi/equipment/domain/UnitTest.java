package org.yiqi.equipment.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.HoldKind;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

class UnitTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final List<Consumer<Unit>> ACTS = List.of(
            Unit::commission,
            Unit::makeAvailable,
            Unit::reserve,
            Unit::beginUse,
            Unit::endUse,
            Unit::reportMissing,
            Unit::found,
            Unit::retire,
            Unit::keep,
            Unit::dispose,
            unit -> unit.holdsChanged(EnumSet.of(HoldKind.QUARANTINE)),
            unit -> unit.holdsChanged(EnumSet.of(HoldKind.MAINTENANCE)),
            unit -> unit.holdsChanged(EnumSet.noneOf(HoldKind.class)));

    private static Unit unit(boolean inService) {
        return Unit.register(Ids.next(), Ids.next(), Ids.next(), null, details(null, null, null), inService);
    }

    private static UnitDetails details(
            @Nullable LocalDate made, @Nullable LocalDate expires, @Nullable Double latitude) {
        return new UnitDetails(
                "A-1",
                "S1",
                "",
                "",
                made,
                expires,
                "",
                "",
                "",
                latitude,
                null,
                Condition.GOOD,
                Criticality.HIGH,
                null,
                null,
                null,
                null,
                "",
                "");
    }

    @Provide
    Arbitrary<List<Consumer<Unit>>> lives() {
        return Arbitraries.of(ACTS).list().ofMaxSize(40);
    }

    @Property
    void whateverHappensADisposedUnitStaysDisposedAndAStoppedOneKnowsTheWayBack(
            @ForAll("lives") List<Consumer<Unit>> life) {
        Unit unit = unit(true);
        for (Consumer<Unit> act : life) {
            UnitStatus before = unit.status();
            try {
                act.accept(unit);
            } catch (Conflict refused) {
                assertEquals(before, unit.status());
            }
            if (before == UnitStatus.DISPOSED) {
                assertEquals(UnitStatus.DISPOSED, unit.status());
            }
            boolean stopped = Set.of(UnitStatus.QUARANTINED, UnitStatus.MAINTENANCE, UnitStatus.MISSING)
                    .contains(unit.status());
            assertFalse(stopped && unit.resume() == null);
        }
    }

    @Example
    void aUnitIsCommissionedBeforeItIsAvailable() {
        Unit unit = unit(false);
        assertThrows(Conflict.class, unit::makeAvailable);
        unit.commission();
        unit.makeAvailable();
        assertEquals(UnitStatus.AVAILABLE, unit.status());
        assertTrue(unit.isBookable());
    }

    @Example
    void aLentUnitThatIsStoppedGoesBackIntoUseOrHomeAndAStoppedOneIsNotSentOut() {
        Unit unit = unit(true);
        unit.reserve();
        unit.beginUse();
        assertThrows(Conflict.class, unit::reserve);
        unit.holdsChanged(EnumSet.of(HoldKind.QUARANTINE));
        unit.holdsChanged(EnumSet.noneOf(HoldKind.class));
        assertEquals(UnitStatus.IN_USE, unit.status());
        unit.holdsChanged(EnumSet.of(HoldKind.MAINTENANCE));
        unit.endUse();
        assertEquals(UnitStatus.MAINTENANCE, unit.status());
        assertThrows(Conflict.class, unit::reserve);
        unit.holdsChanged(EnumSet.noneOf(HoldKind.class));
        assertEquals(UnitStatus.AVAILABLE, unit.status());
    }

    @Example
    void quarantineOutranksMaintenance() {
        Unit unit = unit(true);
        unit.holdsChanged(EnumSet.of(HoldKind.MAINTENANCE));
        assertEquals(UnitStatus.MAINTENANCE, unit.status());
        unit.holdsChanged(EnumSet.of(HoldKind.MAINTENANCE, HoldKind.QUARANTINE));
        assertEquals(UnitStatus.QUARANTINED, unit.status());
    }

    @Example
    void detailsThatDoNotFitTogetherAreNamedFieldByField() {
        RuleViolation refused = assertThrows(RuleViolation.class, () -> details(TODAY.plusDays(1), TODAY, 30.0)
                .check(TODAY));
        assertEquals(
                List.of("/manufacturedOn", "/expiresOn", "/longitude"),
                refused.errors().stream().map(e -> e.pointer()).toList());
    }
}

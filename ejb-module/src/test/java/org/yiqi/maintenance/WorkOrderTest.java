package org.yiqi.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.maintenance.domain.Device;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.Priority;
import org.yiqi.maintenance.domain.TestSheet;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;

class WorkOrderTest {

    private static final Instant START = Instant.parse("2026-03-05T06:10:00Z");

    private final UUID owner = Ids.next();
    private final UUID custodian = Ids.next();
    private final UUID technician = Ids.next();
    private final UUID engineer = Ids.next();

    @Test
    void downtimeRunsFromTheAlertToTheReleaseWithTheWaitingInIt() {
        WorkOrder order = started();
        order.waitFor(WaitReason.PARTS, "pump", "PO-7", at(60));
        order.resume(technician, at(180));
        order.repair(technician, WorkOrderPropertyTest.report(), WorkOrderPropertyTest.sheet(false), at(200));
        order.verify(engineer, custodian, at(210));
        order.release(owner, at(240));
        assertEquals(Duration.ofHours(4), order.downtime());
    }

    @Test
    void whoRepairedCannotVerifyEvenForTheHospital() {
        WorkOrder order = repaired(false);
        NotPermitted refused = assertThrows(NotPermitted.class, () -> order.verify(technician, owner, at(90)));
        assertEquals("maintenance.own-work", refused.code());
    }

    @Test
    void somebodyOfTheServiceOrganisationCannotVerify() {
        WorkOrder order = repaired(false);
        UUID stranger = Ids.next();
        UUID service = Ids.next();
        assertThrows(NotPermitted.class, () -> order.verify(stranger, service, at(90)));
    }

    @Test
    void anEarthLeakageAboveItsLimitCannotBeReleasedAndTheFieldIsNamed() {
        WorkOrder order = repaired(true);
        order.verify(engineer, owner, at(90));
        RuleViolation refused = assertThrows(RuleViolation.class, () -> order.release(owner, at(95)));
        assertEquals("maintenance.test-out-of-limits", refused.code());
        assertEquals(
                "/electricalSafety/earthLeakageMicroamp",
                refused.errors().get(0).pointer());
        assertEquals(WorkOrderState.VERIFIED, order.state());
    }

    @Test
    void waitingForPartsNeedsAPurchaseOrder() {
        WorkOrder order = started();
        RuleViolation refused =
                assertThrows(RuleViolation.class, () -> order.waitFor(WaitReason.PARTS, "pump", " ", at(60)));
        assertEquals("/purchaseOrder", refused.errors().get(0).pointer());
    }

    @Test
    void anOfferThatIsNotAcceptedInThirtyMinutesIsLost() {
        WorkOrder order = order();
        order.triage(new Priority(3, 3, Set.of()), "usual", at(1));
        order.dispatch(Ids.next(), at(2));
        assertEquals(at(32), order.acceptBy());
        Conflict refused = assertThrows(Conflict.class, () -> order.accept(technician, at(33)));
        assertEquals("maintenance.offer-lapsed", refused.code());
        order.offerEnded("offer-lapsed", "", at(33));
        order.dispatch(Ids.next(), at(33));
        order.accept(technician, at(60));
        assertEquals(WorkOrderState.ACCEPTED, order.state());
    }

    @Test
    void aMeasurementThatTheDevicesKindDemandsMayNotBeMissing() {
        ElectricalSafety heart = new ElectricalSafety(
                ProtectionClass.I, AppliedPart.CF, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ONE, null);
        List<FunctionalCheck> checks = List.of(WorkOrderPropertyTest.check());
        RuleViolation refused = assertThrows(RuleViolation.class, () -> new TestSheet(heart, checks));
        assertEquals(
                "/electricalSafety/appliedPartLeakageMicroamp",
                refused.errors().get(0).pointer());
    }

    @Test
    void aPartThatTouchesTheHeartMayLeakFiftyMicroamperes() {
        BigDecimal limit = SafetyMeasurement.APPLIED_PART_LEAKAGE_CURRENT.high(ProtectionClass.II, AppliedPart.CF);
        assertEquals(new BigDecimal("50"), limit);
    }

    @Test
    void dangerIsTheHighestRiskAndPatientsNowTheHighestDowntime() {
        Priority priority = Priority.suggest(new Priority.Facts(true, false, false, 2, Priority.NextUse.NOW));
        assertEquals(25, priority.score());
        assertEquals(PriorityLevel.P1, priority.level());
        assertTrue(priority.reasons().contains(PriorityReason.DANGER_REPORTED));
    }

    private WorkOrder order() {
        return new WorkOrder(
                Ids.next(),
                "WO-1",
                new Device(Ids.next(), "MRI", "MR-1", "S1", "B2", "330102", owner, custodian),
                Opening.alert(Ids.next(), Ids.next(), "CRITICAL", "cooling water"),
                new Priority(4, 3, Set.of()),
                START,
                START);
    }

    private WorkOrder started() {
        WorkOrder order = order();
        order.triage(new Priority(4, 3, Set.of()), "hot", at(5));
        order.dispatch(Ids.next(), at(6));
        order.accept(technician, at(10));
        order.start(technician, at(40));
        return order;
    }

    private WorkOrder repaired(boolean leaking) {
        WorkOrder order = started();
        order.repair(technician, WorkOrderPropertyTest.report(), WorkOrderPropertyTest.sheet(leaking), at(80));
        return order;
    }

    private static Instant at(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}

package org.yiqi.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.yiqi.maintenance.domain.Device;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.Priority;
import org.yiqi.maintenance.domain.RepairReport;
import org.yiqi.maintenance.domain.TestSheet;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.BusinessException;

/** Whatever people try in whatever order, a work order only ever goes the ways of the process. */
class WorkOrderPropertyTest {

    private static final Map<WorkOrderState, Set<WorkOrderState>> WAYS = ways();

    private final UUID owner = Ids.next();
    private final UUID service = Ids.next();
    private final UUID technician = Ids.next();
    private final UUID engineer = Ids.next();

    private static Map<WorkOrderState, Set<WorkOrderState>> ways() {
        Map<WorkOrderState, Set<WorkOrderState>> ways = new EnumMap<>(WorkOrderState.class);
        ways.put(WorkOrderState.REQUESTED, Set.of(WorkOrderState.TRIAGED, WorkOrderState.CANCELLED));
        // A priority may be set again until somebody is asked.
        ways.put(
                WorkOrderState.TRIAGED,
                Set.of(WorkOrderState.TRIAGED, WorkOrderState.DISPATCHED, WorkOrderState.CANCELLED));
        ways.put(
                WorkOrderState.DISPATCHED,
                Set.of(WorkOrderState.ACCEPTED, WorkOrderState.TRIAGED, WorkOrderState.CANCELLED));
        ways.put(
                WorkOrderState.ACCEPTED,
                Set.of(WorkOrderState.EN_ROUTE, WorkOrderState.IN_PROGRESS, WorkOrderState.CANCELLED));
        ways.put(WorkOrderState.EN_ROUTE, Set.of(WorkOrderState.IN_PROGRESS));
        ways.put(
                WorkOrderState.IN_PROGRESS,
                Set.of(WorkOrderState.WAITING_PARTS, WorkOrderState.WAITING_SITE, WorkOrderState.REPAIRED));
        ways.put(WorkOrderState.WAITING_PARTS, Set.of(WorkOrderState.IN_PROGRESS));
        ways.put(WorkOrderState.WAITING_SITE, Set.of(WorkOrderState.IN_PROGRESS));
        ways.put(WorkOrderState.REPAIRED, Set.of(WorkOrderState.VERIFIED, WorkOrderState.IN_PROGRESS));
        ways.put(WorkOrderState.VERIFIED, Set.of(WorkOrderState.RELEASED, WorkOrderState.IN_PROGRESS));
        ways.put(WorkOrderState.RELEASED, Set.of(WorkOrderState.CLOSED));
        ways.put(WorkOrderState.CLOSED, Set.of());
        ways.put(WorkOrderState.CANCELLED, Set.of());
        return ways;
    }

    @Property(tries = 2000)
    void noSequenceOfActsLeavesTheProcessOrReleasesALeakingUnit(
            @ForAll @Size(max = 60) List<@IntRange(max = 15) Integer> acts) {
        WorkOrder order = order();
        Instant now = Instant.parse("2026-03-05T06:10:00Z");
        boolean leaks = true;
        for (int act : acts) {
            now = now.plus(Duration.ofMinutes(5));
            WorkOrderState before = order.state();
            try {
                Move move = act(order, act, now);
                assertEquals(before, move.from());
                assertEquals(order.state(), move.to());
                assertTrue(WAYS.get(before).contains(order.state()), before + " to " + order.state());
                if (order.state() == WorkOrderState.REPAIRED) {
                    leaks = act == 9;
                }
                assertFalse(order.state() == WorkOrderState.RELEASED && leaks);
            } catch (BusinessException e) {
                assertEquals(before, order.state(), "a refusal changes nothing");
            }
        }
    }

    private Move act(WorkOrder order, int act, Instant now) {
        return switch (act) {
            case 0 -> order.triage(new Priority(3, 3, Set.of()), "usual", now);
            case 1 -> order.dispatch(service, now);
            case 2 -> order.offerEnded("declined", "no time", now);
            case 3 -> order.accept(technician, now);
            case 4 -> order.depart(technician, now);
            case 5 -> order.start(technician, now);
            case 6 -> order.waitFor(WaitReason.PARTS, "pump", "PO-7", now);
            case 7 -> order.waitFor(WaitReason.SITE, "room in use", "", now);
            case 8 -> order.resume(technician, now);
            case 9 -> order.repair(technician, report(), sheet(true), now);
            case 10 -> order.repair(technician, report(), sheet(false), now);
            case 11 -> order.verify(engineer, owner, now);
            case 12 -> order.refuseRepair(engineer, owner, "still hot", now);
            case 13 -> order.release(owner, now);
            case 14 -> order.close(5, "", now);
            default -> order.cancel("mistake", now);
        };
    }

    private WorkOrder order() {
        Instant at = Instant.parse("2026-03-05T06:00:00Z");
        return new WorkOrder(
                Ids.next(),
                "WO-1",
                new Device(Ids.next(), "MRI", "MR-1", "S1", "B2", "330102", owner, owner),
                Opening.report(RequestSource.PERSON, owner, engineer, Symptom.NOISE, "hums", false),
                new Priority(2, 2, Set.of()),
                at,
                at);
    }

    static RepairReport report() {
        return new RepairReport("worn seal", "new seal", 90, Money.cny("300"), Money.cny("25"));
    }

    static TestSheet sheet(boolean leaking) {
        return new TestSheet(safety(leaking ? "501" : "500"), List.of(check()));
    }

    static ElectricalSafety safety(String earthLeakage) {
        return new ElectricalSafety(
                ProtectionClass.I,
                AppliedPart.BF,
                new BigDecimal("0.1"),
                new BigDecimal("50"),
                new BigDecimal(earthLeakage),
                new BigDecimal("10"));
    }

    static FunctionalCheck check() {
        return new FunctionalCheck("cooling", new BigDecimal("6.4"), "Cel", null, new BigDecimal("7.5"), true);
    }
}

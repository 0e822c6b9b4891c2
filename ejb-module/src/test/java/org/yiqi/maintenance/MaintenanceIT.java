package org.yiqi.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.equipment.BookingRequested;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;

class MaintenanceIT {

    private final MaintenanceFixture m = new MaintenanceFixture();

    @Test
    void anEpisodeThatIsDeliveredAgainOpensNothingAgain() {
        UnitView unit = m.unit();
        UUID episode = Ids.next();
        UUID rule = Ids.next();
        Opening alert = Opening.alert(episode, rule, "CRITICAL", "cooling water");
        UUID order = m.asSystem(() -> m.get(BackgroundWork.class).open(unit.id(), alert));
        assertEquals(order, m.asSystem(() -> m.get(BackgroundWork.class).open(unit.id(), alert)));
        Opening next = Opening.alert(Ids.next(), rule, "CRITICAL", "cooling water again");
        assertEquals(order, m.asSystem(() -> m.get(BackgroundWork.class).open(unit.id(), next)));
        assertEquals(1, ordersOf(unit));
        assertEquals(UnitStatus.QUARANTINED, status(unit));
    }

    @Test
    void twoReportsOfOneSymptomAreOneOrderAndAnotherSymptomIsAnother() {
        UnitView unit = m.unit();
        UUID first = m.requested(unit, false).id();
        assertEquals(first, m.requested(unit, false).id());
        UUID other = m.as(m.hospital, () -> m.get(WorkOrders.class)
                .request(new RequestRepair(unit.id(), Symptom.NOISE, "hums", false, List.of()))
                .id());
        assertNotEquals(first, other);
        assertEquals(2, ordersOf(unit));
        assertEquals(UnitStatus.AVAILABLE, status(unit));
    }

    @Test
    void aDangerousFaultStopsTheUnitUntilItIsReleasedByTheOwner() {
        UnitView unit = m.unit();
        UUID id = m.started(unit).id();
        assertEquals(UnitStatus.QUARANTINED, status(unit));
        m.as(m.first, () -> m.get(Repairs.class).repair(id, null, m.report("120")));
        m.as(m.hospital, () -> m.get(Handbacks.class).verify(id, null));
        WorkOrderView released = m.as(m.hospital, () -> m.get(Handbacks.class).release(id, null));
        assertEquals(WorkOrderState.RELEASED, released.state());
        assertNotNull(released.holdActId());
        assertNotNull(released.releaseActId());
        assertEquals(UnitStatus.AVAILABLE, status(unit));
        assertTrue(m.services.events().stream().anyMatch(UnitReleased.class::isInstance));
    }

    @Test
    void whereTheOwnerHoldsItsKeyTheUnitStaysStoppedUntilTheReleaseIsSigned() {
        UnitView unit = m.unit();
        UUID id = m.started(unit).id();
        m.as(m.first, () -> m.get(Repairs.class).repair(id, null, m.report("120")));
        m.as(m.hospital, () -> m.get(Handbacks.class).verify(id, null));
        m.signing = false;
        WorkOrderView asked = m.as(m.hospital, () -> m.get(Handbacks.class).release(id, null));
        assertEquals(WorkOrderState.VERIFIED, asked.state());
        assertEquals(UnitStatus.QUARANTINED, status(unit));
        Conflict still = assertThrows(
                Conflict.class,
                () -> m.as(m.hospital, () -> m.get(Handbacks.class).release(id, null)));
        assertEquals("maintenance.release-waits", still.code());
        m.waiting.clear();
        WorkOrderView released = m.as(m.hospital, () -> m.get(Handbacks.class).release(id, null));
        assertEquals(WorkOrderState.RELEASED, released.state());
        assertEquals(asked.releaseActId(), released.releaseActId());
        assertEquals(UnitStatus.AVAILABLE, status(unit));
    }

    @Test
    void aTechnicianCannotVerifyTheirOwnWorkAndALeakingUnitStaysStopped() {
        UnitView unit = m.unit();
        UUID id = m.started(unit).id();
        m.as(m.first, () -> m.get(Repairs.class).repair(id, null, m.report("900")));
        assertThrows(
                NotPermitted.class,
                () -> m.as(m.first, () -> m.get(Handbacks.class).verify(id, null)));
        m.as(m.hospital, () -> m.get(Handbacks.class).verify(id, null));
        RuleViolation refused = assertThrows(
                RuleViolation.class,
                () -> m.as(m.hospital, () -> m.get(Handbacks.class).release(id, null)));
        assertEquals(
                "/electricalSafety/earthLeakageMicroamp",
                refused.errors().get(0).pointer());
        assertEquals(UnitStatus.QUARANTINED, status(unit));
    }

    @Test
    void aServiceOrganisationSeesOnlyItsOwnOrdersAndLosesTheOnesItDeclines() {
        UnitView unit = m.unit();
        UUID id = m.requested(unit, false).id();
        assertThrows(
                NotFound.class,
                () -> m.as(m.first, () -> m.get(WorkOrders.class).get(id)));
        m.as(m.hospital, () -> m.get(Dispatching.class).triage(id, null, null, null, "as suggested"));
        m.as(m.hospital, () -> m.get(Dispatching.class).dispatch(id, null, m.first.orgId()));
        assertEquals(
                WorkOrderState.DISPATCHED,
                m.as(m.first, () -> m.get(WorkOrders.class).get(id)).state());
        assertThrows(
                NotFound.class,
                () -> m.as(m.second, () -> m.get(WorkOrders.class).get(id)));
        m.as(m.first, () -> {
            m.get(Repairs.class).decline(id, null, "no time");
            return true;
        });
        assertThrows(
                NotFound.class,
                () -> m.as(m.first, () -> m.get(WorkOrders.class).get(id)));
        WorkOrderView passed = m.as(m.hospital, () -> m.get(WorkOrders.class).get(id));
        assertEquals(WorkOrderState.DISPATCHED, passed.state());
        assertNotEquals(m.first.orgId(), passed.serviceOrgId());
    }

    @Test
    void anOfferThatNobodyAnswersGoesToTheNextOrganisation() {
        UnitView unit = m.unit();
        UUID id = m.requested(unit, false).id();
        m.as(m.hospital, () -> m.get(Dispatching.class).triage(id, null, null, null, "as suggested"));
        m.as(m.hospital, () -> m.get(Dispatching.class).dispatch(id, null, m.first.orgId()));
        m.services.clock().set(m.services.clock().instant().plus(Duration.ofMinutes(31)));
        m.asSystem(() -> {
            m.get(BackgroundWork.class).lapse(id);
            return true;
        });
        WorkOrderView passed = m.as(m.hospital, () -> m.get(WorkOrders.class).get(id));
        assertNotEquals(m.first.orgId(), passed.serviceOrgId());
        List<String> acts = m.as(m.hospital, () -> m.get(WorkOrders.class).steps(id)).stream()
                .map(StepView::act)
                .toList();
        assertTrue(acts.contains("offer-lapsed"), acts.toString());
    }

    @Test
    void anActOnAnOlderVersionIsRefused() {
        UUID id = m.requested(m.unit(), false).id();
        long seen = m.as(m.hospital, () -> m.get(WorkOrders.class).get(id)).version();
        m.as(m.hospital, () -> m.get(Dispatching.class).triage(id, seen, 3, 3, "usual"));
        assertThrows(
                StaleVersion.class,
                () -> m.as(m.hospital, () -> m.get(WorkOrders.class).cancel(id, seen, "mistake")));
    }

    @Test
    void historyIsOnlyEverAddedTo() {
        UUID id = m.requested(m.unit(), false).id();
        assertThrows(
                IllegalStateException.class,
                () -> m.as(m.hospital, () -> m.get(Database.class)
                        .run("update maintenance.step set reason = 'other' where work_order_id = ?", id)));
    }

    @Test
    void aPlanBecomesAnOrderInAnIdleTimeAndAnOverdueOneStopsBookings() {
        UnitView unit = m.unit();
        LocalDate due = LocalDate.parse("2026-11-30");
        UUID plan = m.as(m.hospital, () -> m.get(Plans.class)
                .create(new MakePlan(unit.id(), m.first.orgId(), "Yearly service", "clean", 12, 7, 240, 14, null, due))
                .id());
        m.asSystem(() -> {
            PlanView view = m.get(Plans.class).get(plan);
            m.get(BackgroundWork.class).orderPlanned(view);
            return true;
        });
        PlanView ordered = m.as(m.hospital, () -> m.get(Plans.class).get(plan));
        UUID order = ordered.openOrderId();
        assertNotNull(order);
        WorkOrderView view = m.as(m.first, () -> m.get(WorkOrders.class).get(order));
        assertEquals(WorkOrderState.DISPATCHED, view.state());
        assertEquals(
                SlotUse.MAINTENANCE,
                m.as(m.hospital, () -> m.get(Calendar.class).of(order)).get(0).use());
        BookingRequested wish = new BookingRequested(
                unit.id(),
                new Period(
                        m.services.clock().instant().plus(Duration.ofDays(60)),
                        m.services.clock().instant().plus(Duration.ofDays(61))),
                SlotUse.RENTAL);
        m.as(m.second, () -> {
            m.get(Interlock.class).booking(wish);
            return true;
        });
        m.services.clock().set(m.services.clock().instant().plus(Duration.ofDays(20)));
        assertTrue(m.as(m.second, () -> m.get(Plans.class).overdue(unit.id())));
        Conflict refused = assertThrows(
                Conflict.class,
                () -> m.as(m.second, () -> {
                    m.get(Interlock.class).booking(wish);
                    return true;
                }));
        assertEquals("maintenance.plan-overdue", refused.code());
    }

    @Test
    void onlyTheServiceOrganisationItselfSeesItsPartsAndStockNeverFallsBelowNothing() {
        UUID station = m.as(m.first, () -> m.get(Parts.class)
                .open(new Parts.OpenStation("杭州站", "Hangzhou", "330100", "", true))
                .id());
        UUID part = m.as(m.first, () -> m.get(Parts.class)
                .add(new Parts.ListPart(
                        "SEAL-1", "密封圈", "Seal", "JY-30", false, new org.yiqi.shared.Amount("12.50", "CNY")))
                .id());
        m.as(m.first, () -> m.get(Parts.class).count(part, station, 2, 1));
        assertThrows(
                NotFound.class, () -> m.as(m.second, () -> m.get(Parts.class).get(part)));
        UUID id = m.started(m.unit()).id();
        m.as(m.first, () -> m.get(Repairs.class).reserve(id, null, part, station, 2));
        assertThrows(
                Conflict.class, () -> m.as(m.first, () -> m.get(Repairs.class).reserve(id, null, part, station, 1)));
        PartView kept = m.as(m.first, () -> m.get(Parts.class).get(part));
        assertEquals(0, kept.available());
        assertFalse(kept.stock().isEmpty());
    }

    private long ordersOf(UnitView unit) {
        return m.as(m.hospital, () -> m.get(WorkOrders.class)
                .list(ListQuery.all().where("unit", unit.id().toString()))
                .total());
    }

    private UnitStatus status(UnitView unit) {
        return m.as(m.hospital, () -> m.get(Units.class).get(unit.id())).status();
    }
}

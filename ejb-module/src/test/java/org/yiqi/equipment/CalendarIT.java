package org.yiqi.equipment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;

class CalendarIT {

    private final EquipmentFixture f = new EquipmentFixture();

    private SlotView book(UUID org, UUID unit, Period period, SlotState state) {
        return f.services.as(org, () -> f.calendar.reserve(unit, period, SlotUse.RENTAL, Ids.next(), state, null));
    }

    @Test
    void ofTwoHundredWishesForOneSlotExactlyOneIsGranted() throws Exception {
        UUID unit = f.unit().id();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(200);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(people.submit(() -> {
                start.await();
                try {
                    book(f.other, unit, EquipmentFixture.hours(8, 12), SlotState.TENTATIVE);
                    return "granted";
                } catch (Conflict e) {
                    assertEquals(3, ((List<?>) e.extensions().get("alternatives")).size());
                    return e.code();
                }
            }));
        }
        start.countDown();
        int granted = 0;
        for (Future<String> answer : answers) {
            granted += answer.get().equals("granted") ? 1 : 0;
            assertTrue(List.of("granted", "equipment.slot-taken").contains(answer.get()), answer.get());
        }
        people.shutdown();
        assertEquals(1, granted);
    }

    @Test
    void whateverPeopleWishNothingEverOverlaps() throws Exception {
        UUID unit = f.unit().id();
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<?>> done = new ArrayList<>();
        for (int person = 0; person < 8; person++) {
            Random random = new Random(person);
            done.add(people.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    int from = random.nextInt(200);
                    try {
                        book(
                                f.owner,
                                unit,
                                EquipmentFixture.hours(from, from + 1 + random.nextInt(9)),
                                SlotState.BOOKED);
                    } catch (Conflict taken) {
                        assertEquals("equipment.slot-taken", taken.code());
                    }
                }
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        people.shutdown();
        List<SlotView> slots = f.services.as(f.owner, () -> f.calendar.slots(unit, EquipmentFixture.hours(0, 400)));
        assertTrue(slots.size() > 10);
        for (int i = 1; i < slots.size(); i++) {
            assertTrue(!slots.get(i - 1).period().overlaps(slots.get(i).period()));
        }
    }

    @Test
    void slotsThatTouchDoNotOverlap() {
        UUID unit = f.unit().id();
        book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED);
        book(f.owner, unit, EquipmentFixture.hours(12, 16), SlotState.BOOKED);
    }

    @Test
    void aHeldPlaceIsFreeAgainAfterAQuarterOfAnHour() {
        UUID unit = f.unit().id();
        SlotView held = book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.HELD);
        Instant now = f.services.clock().instant();
        assertEquals(now.plus(Duration.ofMinutes(15)), held.expiresAt());
        f.services.clock().set(now.plus(Duration.ofMinutes(14)));
        assertThrows(Conflict.class, () -> book(f.other, unit, EquipmentFixture.hours(8, 12), SlotState.HELD));
        f.services.clock().set(now.plus(Duration.ofMinutes(15)));
        book(f.other, unit, EquipmentFixture.hours(10, 14), SlotState.BOOKED);
        Conflict gone = assertThrows(
                Conflict.class,
                () -> f.services.as(f.owner, () -> {
                    f.calendar.confirm(held.referenceId());
                    return true;
                }));
        assertEquals("equipment.slot-gone", gone.code());
    }

    @Test
    void aConfirmedPlaceDoesNotRunOut() {
        UUID unit = f.unit().id();
        SlotView held = book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.HELD);
        f.services.as(f.owner, () -> {
            f.calendar.confirm(held.referenceId());
            return true;
        });
        f.services.clock().set(f.services.clock().instant().plus(Duration.ofHours(1)));
        assertThrows(Conflict.class, () -> book(f.other, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED));
    }

    @Test
    void whoMayNotSeeTheUnitMayBookItAndSeesNoOneElsesBookings() {
        UUID unit = f.unit().id();
        book(f.owner, unit, EquipmentFixture.hours(1, 2), SlotState.BOOKED);
        book(f.other, unit, EquipmentFixture.hours(2, 3), SlotState.BOOKED);
        assertEquals(
                1,
                f.services
                        .as(f.other, () -> f.calendar.slots(unit, EquipmentFixture.hours(0, 24)))
                        .size());
        assertEquals(
                2,
                f.services
                        .as(f.owner, () -> f.calendar.slots(unit, EquipmentFixture.hours(0, 24)))
                        .size());
        assertTrue(!f.services.as(f.other, () -> f.calendar.isFree(unit, EquipmentFixture.hours(1, 2))));
    }

    @Test
    void alternativesAreTheNearestFreeTimesOfTheSameLength() {
        UUID unit = f.unit().id();
        book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED);
        assertEquals(
                List.of(EquipmentFixture.hours(7, 8), EquipmentFixture.hours(12, 13), EquipmentFixture.hours(6, 7)),
                f.services.as(f.other, () -> f.calendar.alternatives(unit, EquipmentFixture.hours(9, 10), 3)));
    }

    @Test
    void aReleasedPlaceAndTheRestOfAConsumedOneAreFree() {
        UUID unit = f.unit().id();
        SlotView first = book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED);
        SlotView second = book(f.owner, unit, EquipmentFixture.hours(12, 16), SlotState.BOOKED);
        f.services.as(f.owner, () -> {
            f.calendar.release(first.referenceId());
            f.calendar.consume(
                    second.referenceId(), EquipmentFixture.hours(13, 14).from());
            return true;
        });
        assertTrue(f.services.as(f.owner, () -> f.calendar.isFree(unit, EquipmentFixture.hours(8, 12))));
        assertTrue(!f.services.as(f.owner, () -> f.calendar.isFree(unit, EquipmentFixture.hours(12, 13))));
        assertTrue(f.services.as(f.owner, () -> f.calendar.isFree(unit, EquipmentFixture.hours(13, 16))));
    }

    @Test
    void aBookingIsExtendedOnlyIntoFreeTime() {
        UUID unit = f.unit().id();
        SlotView booked = book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED);
        book(f.other, unit, EquipmentFixture.hours(14, 16), SlotState.BOOKED);
        f.services.as(f.owner, () -> {
            f.calendar.extend(
                    booked.referenceId(), EquipmentFixture.hours(14, 15).from());
            return true;
        });
        Conflict taken = assertThrows(
                Conflict.class,
                () -> f.services.as(f.owner, () -> {
                    f.calendar.extend(
                            booked.referenceId(), EquipmentFixture.hours(15, 16).from());
                    return true;
                }));
        assertEquals("equipment.slot-taken", taken.code());
    }

    @Test
    void thePastIsNotBooked() {
        UUID unit = f.unit().id();
        Period past = new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));
        assertEquals(
                "equipment.slot-in-the-past",
                assertThrows(RuleViolation.class, () -> book(f.owner, unit, past, SlotState.BOOKED))
                        .code());
    }

    @Test
    void anOverlapBehindTheServicesBackIsRefusedByTheDatabase() {
        UUID unit = f.unit().id();
        book(f.owner, unit, EquipmentFixture.hours(8, 12), SlotState.BOOKED);
        SQLException refused = assertThrows(
                SQLException.class,
                () -> f.db.inScope(Scope.SYSTEM, c -> {
                    try (var s = c.prepareStatement("""
                    insert into equipment.slot(id, unit_id, from_at, to_at, use, state, reference_id, org_id, created_at)
                    select gen_random_uuid(), unit_id, from_at, to_at, 'RECALL', 'HELD', gen_random_uuid(), org_id, now()
                    from equipment.slot where unit_id = ?""")) {
                        s.setObject(1, unit);
                        return s.executeUpdate();
                    }
                }));
        assertEquals("23P01", refused.getSQLState());
    }
}

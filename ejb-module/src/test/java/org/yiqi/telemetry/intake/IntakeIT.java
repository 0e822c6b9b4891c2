package org.yiqi.telemetry.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.yiqi.telemetry.TelemetryFixture;

class IntakeIT {

    private static final Instant T0 = Instant.parse("2026-03-03T10:00:00Z");

    private final TelemetryFixture fixture = new TelemetryFixture();
    private final Intake intake = at(T0.plus(Duration.ofHours(2)));

    private static Intake at(Instant now) {
        return new Intake(Clock.fixed(now, ZoneOffset.UTC), new Catalogue());
    }

    @Test
    void aRepeatedAndReorderedBatchCountsOnce() throws Exception {
        UUID device = fixture.device();
        List<Incoming> messages = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            messages.add(message(device, T0.plusSeconds(second), "heliumLevel", 70 + second % 10));
        }
        messages.addAll(List.copyOf(messages.subList(0, 60)));
        Collections.shuffle(messages, new Random(7));
        take(intake, messages.subList(0, 400));
        take(intake, messages.subList(300, 660));
        assertEquals("600", fixture.ask("select count(*) from telemetry.reading where device_id = ?", device));
        assertEquals("600", fixture.ask("select sum(n) from telemetry.rollup_minute where device_id = ?", device));
        assertEquals("10", fixture.ask("select count(*) from telemetry.rollup_minute where device_id = ?", device));
        assertEquals("true", fixture.ask("""
                        select bool_and(r.n = x.n and r.low = x.low and r.high = x.high and abs(r.total - x.total) < 1e-6)
                        from telemetry.rollup_minute r join (select date_trunc('minute', at) as at, count(*) n, min(value) low,
                          max(value) high, sum(value) total from telemetry.reading where device_id = ? group by 1) x on x.at = r.at
                        where r.device_id = ?""", device, device));
    }

    @Test
    void aLateReadingStillReachesItsBuckets() throws Exception {
        UUID device = fixture.device();
        take(intake, List.of(message(device, T0.plusSeconds(3700), "heliumLevel", 50)));
        take(intake, List.of(message(device, T0.plusSeconds(5), "heliumLevel", 90)));
        assertEquals("2", fixture.ask("select count(*) from telemetry.rollup_hour where device_id = ?", device));
        assertEquals("50.0", fixture.ask("select value from telemetry.latest where device_id = ?", device));
    }

    @Test
    void whatCannotBeReadIsKeptWithItsReason() throws Exception {
        UUID device = fixture.device();
        UUID stranger = UUID.randomUUID();
        take(
                intake,
                List.of(
                        new Incoming(
                                device,
                                "yiqi.v1." + device + ".readings",
                                "hello".getBytes(StandardCharsets.UTF_8),
                                T0),
                        message(device, T0, "phaseOfTheMoon", 1),
                        message(stranger, T0, "heliumLevel", 1)));
        assertEquals(
                "MALFORMED,UNKNOWN_METRIC",
                fixture.ask(
                        "select string_agg(reason, ',' order by reason) from telemetry.dead_letter where device_id = ?",
                        device));
        assertEquals(
                "UNKNOWN_DEVICE",
                fixture.ask("select reason from telemetry.dead_letter where device_id = ?", stranger));
    }

    @Test
    void aRisingTemperatureRaisesExactlyOneEpisode() throws Exception {
        UUID device = fixture.device();
        List<Incoming> messages = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            // Trembles around the limit of 18 and stays between the thresholds for a while.
            double value = second < 20 ? 8 : 17.5 + second % 3 * 0.5 + second / 10.0;
            messages.add(message(device, T0.plusSeconds(second), "coolingTemperature", value));
        }
        for (int from = 0; from < 120; from += 30) {
            take(intake, messages.subList(from, from + 30));
            take(intake, messages.subList(from, from + 30));
        }
        assertEquals(
                "ACTIVE",
                fixture.ask("select string_agg(state, ',') from telemetry.alert_episode where device_id = ?", device));
    }

    @Test
    void concurrentBatchesOfOneDeviceRaiseOneEpisodeAndLoseNothing() throws Exception {
        UUID device = fixture.device();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> work = new ArrayList<>();
            for (int batch = 0; batch < 12; batch++) {
                List<Incoming> messages = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    messages.add(message(device, T0.plusSeconds(batch * 50L + i), "tubeTemperature", 95));
                }
                work.add(() -> {
                    take(intake, messages);
                    return messages;
                });
            }
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals("600", fixture.ask("select count(*) from telemetry.reading where device_id = ?", device));
        assertEquals(
                "600", fixture.ask("select sum(n)::bigint from telemetry.rollup_hour where device_id = ?", device));
        assertEquals("1", fixture.ask("select count(*) from telemetry.alert_episode where device_id = ?", device));
    }

    @Test
    void aSilentDeviceBecomesStaleAndItsNextWordEndsThat() throws Exception {
        UUID device = fixture.device();
        Instant now = T0.plusSeconds(600);
        List<Incoming> messages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            messages.add(message(device, now.minusSeconds(10 - i), "heliumLevel", 80));
        }
        take(at(now), messages);
        assertEquals("ONLINE", status(device));
        pass(now.plusSeconds(4));
        assertEquals("ONLINE", status(device));
        pass(now.plusSeconds(6));
        assertEquals("STALE", status(device));
        assertEquals("PENDING", state(device));
        // Five minutes of silence, so that a device that only restarts calls nobody.
        pass(now.plusSeconds(290));
        assertEquals("PENDING", state(device));
        pass(now.plusSeconds(320));
        assertEquals("ACTIVE", state(device));
        take(at(now.plusSeconds(330)), List.of(message(device, now.plusSeconds(330), "heliumLevel", 80)));
        assertEquals("ONLINE", status(device));
        assertEquals("RECOVERED", state(device));
    }

    @Test
    void aPendingAlertOfASilentDeviceBecomesActiveByTheClock() throws Exception {
        UUID device = fixture.device();
        Instant now = T0.plusSeconds(1200);
        take(at(now), List.of(message(device, now, "coolingTemperature", 25)));
        assertEquals("PENDING", state(device));
        pass(now.plusSeconds(11));
        assertEquals(
                "1",
                fixture.ask(
                        "select count(*) from telemetry.alert_episode where device_id = ? and state = 'ACTIVE' and announced_at is null",
                        device));
    }

    @Test
    void forgettingDropsWholeDays() throws Exception {
        UUID device = fixture.device();
        Instant old = Instant.parse("2026-01-05T12:00:00Z");
        take(at(old.plusSeconds(5)), List.of(message(device, old, "heliumLevel", 80)));
        try (Connection c = fixture.database().as("worker").getConnection();
                var s = c.prepareStatement("select count(*) from telemetry.drop_days_before('2026-01-06')");
                var rs = s.executeQuery()) {
            assertTrue(rs.next() && rs.getInt(1) >= 1);
        }
        assertEquals("0", fixture.ask("select count(*) from telemetry.reading where device_id = ?", device));
        assertEquals("1", fixture.ask("select count(*) from telemetry.rollup_hour where device_id = ?", device));
    }

    private String status(UUID device) throws Exception {
        return fixture.ask("select status from telemetry.device_state where device_id = ?", device);
    }

    private String state(UUID device) throws Exception {
        return fixture.ask("select state from telemetry.alert_episode where device_id = ?", device);
    }

    private static Incoming message(UUID device, Instant at, String metric, double value) {
        String json = "{\"at\":\"" + at + "\",\"values\":{\"" + metric + "\":" + value + "}}";
        return Incoming.of(
                "yiqi.v1." + device + ".readings",
                json.getBytes(StandardCharsets.UTF_8),
                at.truncatedTo(ChronoUnit.MILLIS));
    }

    private void take(Intake into, List<Incoming> messages) throws Exception {
        try (Connection c = fixture.database().as("worker").getConnection()) {
            c.setAutoCommit(false);
            into.take(c, messages);
            c.commit();
        }
    }

    private void pass(Instant now) throws Exception {
        try (Connection c = fixture.database().as("worker").getConnection()) {
            c.setAutoCommit(false);
            Deadlines.pass(c, new Catalogue(), now);
            c.commit();
        }
    }
}

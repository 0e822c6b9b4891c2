package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The application, its broker and its launcher are killed while devices publish and people book. */
class SuddenEndIT {

    private static final String OWNER = "zhongxin.equipment";
    private static final String APPLICANT = "qinghe.doctor";
    private static final int DEVICES = 4;
    private static final int PEOPLE = 4;
    private static final int READINGS_BEFORE_THE_END = 400;
    private static final int BOOKINGS_BEFORE_THE_END = 24;
    /** Far enough for the cleaning before and after each use. */
    private static final long HOURS_APART = 12;

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();
    private final Map<UUID, Set<Instant>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> sent = new ConcurrentHashMap<>();
    private final Map<String, String> booked = new ConcurrentHashMap<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger slots = new AtomicInteger();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    @Test
    void whatWasAcknowledgedIsThereOnceAfterAKill() throws Exception {
        List<String> pumps = units();
        String offer = publishedOffer(pumps.get(DEVICES));
        ExecutorService world = Executors.newFixedThreadPool(DEVICES + PEOPLE);
        try {
            pumps.subList(0, DEVICES).forEach(unit -> world.execute(() -> publish(unit)));
            for (int i = 0; i < PEOPLE; i++) {
                world.execute(() -> book(offer));
            }
            Platform.await(
                    "enough going on",
                    SOON,
                    () -> readings.get() >= READINGS_BEFORE_THE_END && booked.size() >= BOOKINGS_BEFORE_THE_END);
            platform.kill();
            ended = true;
        } finally {
            ended = true;
            world.shutdown();
            assertTrue(world.awaitTermination(2, TimeUnit.MINUTES), "devices and people noticed the end");
        }
        assertEquals(List.of(), List.copyOf(surprises));
        platform.start();
        everyAcknowledgedReadingIsStoredOnce();
        everyBookingIsThereOnce(offer);
        theLedgerAndTheAuditLogHold();
    }

    @Tag("long")
    @RepeatedTest(20)
    void whateverTheMomentOfTheKill() throws Exception {
        whatWasAcknowledgedIsThereOnceAfterAKill();
    }

    private void publish(String unit) {
        Response credential = api.as(OWNER).body("").post("/units/" + unit + "/device-credential");
        UUID device = UUID.fromString(credential.path("deviceId"));
        Set<Instant> known = acknowledged.computeIfAbsent(device, d -> ConcurrentHashMap.newKeySet());
        Mqtt3BlockingClient mqtt = MqttClient.builder()
                .useMqttVersion3()
                .identifier(device.toString())
                .serverHost("127.0.0.1")
                .serverPort(platform.mqttPort())
                .simpleAuth()
                .username(device.toString())
                .password(credential.<String>path("secret").getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        Instant start = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        try {
            mqtt.connect();
            for (int seq = 0; !ended; seq++) {
                Instant at = start.plusMillis(seq * 20L);
                String payload = "{\"seq\":" + seq + ",\"at\":\"" + at + "\",\"values\":{\"coolingTemperature\":6.4}}";
                mqtt.publishWith()
                        .topic("yiqi/v1/" + device + "/readings")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .send();
                known.add(at);
                readings.incrementAndGet();
            }
        } catch (RuntimeException theBrokerIsGone) {
            // What was not acknowledged may be lost: the device keeps it and sends it again.
        }
    }

    private void book(String offer) {
        Instant first = Instant.now().plus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        while (!ended) {
            Instant from = first.plus(slots.getAndIncrement() * HOURS_APART, ChronoUnit.HOURS);
            String key = UUID.randomUUID().toString();
            sent.put(
                    key,
                    Map.of(
                            "offerId",
                            offer,
                            "period",
                            period(from, from.plus(1, ChronoUnit.HOURS)),
                            "place",
                            "ICU 3",
                            "purpose",
                            "Winter peak",
                            "plannedUses",
                            1));
            try {
                keep(key, apply(key));
            } catch (RuntimeException theApplicationIsGone) {
                // Whether this one was accepted is not known: asked again with its key after the restart.
            }
        }
    }

    private Response apply(String key) {
        return api.as(APPLICANT)
                .header("Idempotency-Key", key)
                .body(sent.get(key))
                .post("/rentals");
    }

    private void keep(String key, Response answer) {
        if (answer.statusCode() == 201) {
            booked.put(key, answer.path("id"));
        } else if (!ended) {
            surprises.add(answer.statusCode() + " " + answer.asString());
        }
    }

    private void everyAcknowledgedReadingIsStoredOnce() throws SQLException {
        for (Map.Entry<UUID, Set<Instant>> device : acknowledged.entrySet()) {
            Platform.await("the readings of " + device.getKey(), SOON, () -> missing(device)
                    .isEmpty());
        }
        try (Connection c = platform.administrator();
                PreparedStatement s = c.prepareStatement("""
                        select (select count(*) from telemetry.reading where device_id = any(?)),
                               (select sum(n) from telemetry.rollup_minute where device_id = any(?)),
                               (select sum(n) from telemetry.rollup_hour where device_id = any(?))""")) {
            for (int i = 1; i <= 3; i++) {
                s.setArray(i, c.createArrayOf("uuid", acknowledged.keySet().toArray()));
            }
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                assertEquals(rs.getLong(1), rs.getLong(2), "readings counted by the minute");
                assertEquals(rs.getLong(1), rs.getLong(3), "readings counted by the hour");
            }
        }
    }

    private Set<Instant> missing(Map.Entry<UUID, Set<Instant>> device) {
        Set<Instant> missing = new HashSet<>(device.getValue());
        try (Connection c = platform.administrator();
                PreparedStatement s = c.prepareStatement("select at from telemetry.reading where device_id = ?")) {
            s.setObject(1, device.getKey());
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    missing.remove(rs.getObject(1, Timestamp.class).toInstant());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return missing;
    }

    private void everyBookingIsThereOnce(String offer) {
        for (String key : sent.keySet()) {
            Response again = apply(key);
            assertEquals(201, again.statusCode(), again.asString());
            String id = again.path("id");
            assertEquals(booked.getOrDefault(key, id), id, "the same request is the same rental");
            booked.put(key, id);
        }
        try (Connection c = platform.administrator();
                PreparedStatement s = c.prepareStatement(
                        "select id, count(*) over (partition by from_at) from rental.rental where offer_id = ?")) {
            s.setObject(1, UUID.fromString(offer));
            Set<String> stored = new HashSet<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    stored.add(rs.getString(1));
                    assertEquals(1, rs.getInt(2), "rentals of one hour");
                }
            }
            assertEquals(new HashSet<>(booked.values()), stored);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void theLedgerAndTheAuditLogHold() {
        Platform.await(
                "all acts on the ledger",
                SOON,
                () -> api.as("health.inspector")
                                .get("/ledger/acts?state=PENDING")
                                .<Integer>path("total")
                        == 0);
        api.as("health.inspector")
                .get("/audit/verification")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true));
    }

    /** Units of which nothing is offered; the first is left to other tests. */
    private List<String> units() {
        List<String> pumps = api.as(OWNER)
                .get("/units?status=AVAILABLE&category=INFUSION_PUMP&limit=" + (DEVICES + 2))
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
        return pumps.subList(1, pumps.size());
    }

    private String publishedOffer(String unit) {
        Map<String, Object> terms =
                Map.of("packages", List.of(Map.of("length", 1, "unit", "HOUR", "price", cny("10.00"))));
        String tariff = created("/tariffs", Map.of("name", "Sudden end " + UUID.randomUUID(), "terms", terms));
        Instant now = Instant.now();
        String offer = created(
                "/offers",
                Map.of(
                        "unitId",
                        unit,
                        "tariffId",
                        tariff,
                        "terms",
                        Map.of("windows", List.of(period(now, now.plus(300, ChronoUnit.DAYS))))));
        api.as(OWNER).body("").post("/offers/" + offer + "/publish").then().statusCode(200);
        return offer;
    }

    private String created(String path, Object body) {
        return api.as(OWNER)
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, String> period(Instant from, Instant to) {
        return Map.of("from", from.toString(), "to", to.toString());
    }

    private static Map<String, String> cny(String amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }
}

package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The story of one MRI: registered, lent with both sides' signatures, its cooling fails, it is repaired and verified, it comes
 * back, and a regulator proves all of it. Told through REST and MQTT against any edition.
 */
final class MriStory {

    private static final String OWNER = "shengyi.equipment";
    private static final String LESSEE = "qinghe.equipment";
    private static final String PLATFORM = "platform.operator";
    private static final String ENGINEER = "anxin.engineer";
    private static final String REGULATOR = "health.inspector";
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Api api;
    private final int mqttPort;
    private final String serial = "MRI-" + UUID.randomUUID().toString().substring(0, 8);

    private String unit = "";
    private String rental = "";
    private String order = "";

    MriStory(Api api, int mqttPort) {
        this.api = api;
        this.mqttPort = mqttPort;
    }

    String unit() {
        return unit;
    }

    String rental() {
        return rental;
    }

    /** The whole story. Each step checks what the next stands on. */
    void tell() {
        register();
        lend();
        handOver();
        coolingFails();
        repair();
        comeBack();
    }

    private void register() {
        Platform.await("the demo region's catalogue", SOON, () -> total(OWNER, "/models?category=MRI") > 0);
        String model = api.as(OWNER)
                .get("/models?category=MRI&limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
        String maintainer = organisation("安信医疗设备维保有限公司");
        unit = api.as(OWNER)
                .body(Map.of(
                        "modelId", model,
                        "assetTag", serial,
                        "serial", serial,
                        "department", "影像科",
                        "regionCode", "330102",
                        "maintainerId", maintainer,
                        "inService", true))
                .post("/units")
                .then()
                .statusCode(201)
                .body("status", equalTo("AVAILABLE"))
                .extract()
                .path("id");
    }

    private void lend() {
        String tariff = api.as(OWNER)
                .body(Map.of(
                        "name",
                        "MRI " + serial,
                        "terms",
                        Map.of("base", cny("30000.00"), "perUse", List.of(Map.of("price", cny("180.00"))))))
                .post("/tariffs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Instant from = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
        String offer = api.as(OWNER)
                .body(Map.of(
                        "unitId",
                        unit,
                        "tariffId",
                        tariff,
                        "terms",
                        Map.of(
                                "windows",
                                List.of(period(from.minus(2, ChronoUnit.HOURS), from.plus(60, ChronoUnit.DAYS))))))
                .post("/offers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        act(OWNER, "/offers/" + offer + "/publish", "");
        rental = api.as(LESSEE)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "offerId",
                        offer,
                        "period",
                        period(from, from.plus(7, ChronoUnit.DAYS)),
                        "place",
                        "青河县人民医院 影像科 一楼",
                        "region",
                        "330122",
                        "purpose",
                        "卒中筛查",
                        "plannedUses",
                        200))
                .post("/rentals")
                .then()
                .statusCode(201)
                .body("state", equalTo("UNDER_REVIEW"))
                .extract()
                .path("id");
        act(OWNER, "/rentals/" + rental + "/approve", "");
        act(PLATFORM, "/rentals/" + rental + "/approve", "").body("state", equalTo("APPROVED"));
    }

    private void handOver() {
        act(OWNER, "/rentals/" + rental + "/dispatch", Map.of("carrier", "安捷医疗物流", "seal", "88213"));
        statusIs("RESERVED");
        act(OWNER, "/rentals/" + rental + "/deliver", "");
        // A person of the wrong organisation, or without the right to sign, cannot confirm.
        api.as(OWNER).post("/rentals/" + rental + "/confirm-delivery").then().statusCode(not(200));
        api.as("qinghe.doctor")
                .post("/rentals/" + rental + "/confirm-delivery")
                .then()
                .statusCode(403);
        custodianIs("云栖省立第一医院");
        act(LESSEE, "/rentals/" + rental + "/confirm-delivery", "").body("state", equalTo("ACTIVE"));
        custodianIs("青河县人民医院");
        statusIs("IN_USE");
        // Another hospital does not know that the unit exists.
        api.as("zhongxin.equipment").get("/units/" + unit).then().statusCode(404);
    }

    private void coolingFails() {
        ValidatableResponse credential = api.as(LESSEE)
                .body("")
                .post("/units/" + unit + "/device-credential")
                .then()
                .statusCode(201);
        String secret = credential.extract().path("secret");
        String device = credential.extract().path("deviceId");
        Mqtt3BlockingClient mqtt = device(mqttPort, device, secret);
        Instant start = Instant.now().minusSeconds(120);
        for (int i = 0; i < 60; i++) {
            double celsius = i < 20 ? 6.4 : Math.min(24.0, 6.4 + (i - 20) * 0.9);
            publish(mqtt, device, i, start.plusSeconds(i * 2L), celsius);
            if (i % 7 == 0) {
                // Devices repeat themselves: the same reading again changes nothing.
                publish(mqtt, device, i, start.plusSeconds(i * 2L), celsius);
            }
        }
        mqtt.disconnect();
        Platform.await("one critical alert", SOON, () -> total(OWNER, "/alerts?severity=CRITICAL&unit=" + unit) == 1);
        Platform.await("one work order", SOON, () -> total(LESSEE, "/work-orders?unit=" + unit) == 1);
        statusIs("QUARANTINED");
    }

    private void repair() {
        order = api.as(LESSEE).get("/work-orders?unit=" + unit).path("items[0].id");
        String path = "/work-orders/" + order;
        act(LESSEE, path + "/triage", Map.of("reason", "冷却失效，停机"));
        act(LESSEE, path + "/dispatch", Map.of("serviceOrgId", organisation("安信医疗设备维保有限公司")));
        act(ENGINEER, path + "/accept", "");
        act(ENGINEER, path + "/start", "");
        Map<String, Object> safety = Map.of(
                "protectionClass",
                "I",
                "appliedPart",
                "BF",
                "protectiveEarthOhm",
                0.12,
                "insulationMegohm",
                80,
                "earthLeakageMicroamp",
                180,
                "appliedPartLeakageMicroamp",
                30);
        act(
                ENGINEER,
                path + "/repair",
                Map.of(
                        "diagnosis",
                        "冷水机水泵损坏",
                        "workDone",
                        "更换水泵，清洗管路",
                        "labourMinutes",
                        150,
                        "labourCost",
                        cny("1800.00"),
                        "electricalSafety",
                        safety,
                        "functional",
                        List.of(Map.of("name", "冷却水温度", "value", 6.5, "unit", "Cel", "low", 4, "high", 10)),
                        "parts",
                        List.of(Map.of("name", "水泵", "quantity", 1, "unitPrice", cny("5200.00")))));
        // Who repaired does not verify.
        api.as(ENGINEER)
                .header("If-Match", etag(ENGINEER, path))
                .body(Map.of("accepted", true))
                .post(path + "/verify")
                .then()
                .statusCode(403);
        act(LESSEE, path + "/verify", Map.of("accepted", true));
        act(OWNER, path + "/release", "");
        // Released, it is where it was before: with the lessee.
        statusIs("IN_USE");
        act(LESSEE, path + "/close", Map.of("rating", 5, "comment", "及时"));
    }

    private void comeBack() {
        act(LESSEE, "/rentals/" + rental + "/return", Map.of("uses", 212));
        act(OWNER, "/rentals/" + rental + "/inspect", Map.of());
        custodianIs("云栖省立第一医院");
        statusIs("AVAILABLE");
        act(OWNER, "/rentals/" + rental + "/close", "").body("state", equalTo("CLOSED"));
        api.as(OWNER)
                .get("/statements?rental=" + rental)
                .then()
                .statusCode(200)
                .body("items[0].total.amount", equalTo("68160.00"));
    }

    /** The whole chain of the unit as a regulator sees it, newest act first. */
    void isProvable() {
        Platform.await(
                "all acts on the ledger",
                SOON,
                () -> total(REGULATOR, "/ledger/acts?state=PENDING&subject=custody:" + unit) == 0);
        api.as(REGULATOR)
                .get("/oversight/traces/" + unit)
                .then()
                .statusCode(200)
                .body(
                        "events.type",
                        equalTo(List.of(
                                "custody.returned",
                                "hold.released",
                                "hold.placed",
                                "custody.accepted",
                                "custody.offered",
                                "custody.registered")))
                .body("custody.size()", equalTo(3));
        verify().body("holds", equalTo(true));
    }

    /** What the check of the unit's custody answers a regulator. */
    ValidatableResponse verify() {
        return api.as(REGULATOR)
                .body("")
                .post("/oversight/proofs/custody:" + unit + "/verify")
                .then()
                .statusCode(200);
    }

    /** The bundle that a regulator takes away. */
    byte[] bundle() {
        return api.as(REGULATOR)
                .get("/oversight/proofs/custody:" + unit)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    int openCases() {
        return total(REGULATOR, "/oversight/cases?subject=custody:" + unit);
    }

    private void statusIs(String status) {
        Platform.await(
                status,
                SOON,
                () -> status.equals(api.as(REGULATOR).get("/units/" + unit).path("status")));
    }

    private void custodianIs(String name) {
        String org = organisation(name);
        Platform.await(
                "custody of " + name,
                SOON,
                () -> org.equals(api.as(REGULATOR).get("/units/" + unit).path("custodianId")));
    }

    private String organisation(String name) {
        return api.as(REGULATOR)
                .queryParam("q", name)
                .get("/organisations")
                .then()
                .statusCode(200)
                .body("items[0].id", not(nullValue()))
                .extract()
                .path("items[0].id");
    }

    private int total(String who, String list) {
        return api.as(who).get(list).then().statusCode(200).extract().path("total");
    }

    private String etag(String who, String path) {
        return api.as(who).get(path).header("ETag");
    }

    private ValidatableResponse act(String who, String path, Object body) {
        String thing = path.substring(0, path.lastIndexOf('/'));
        return api.as(who)
                .header("If-Match", etag(who, thing))
                .body(body)
                .post(path)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
    }

    /** A device that is connected with its own credential. */
    static Mqtt3BlockingClient device(int mqttPort, String device, String secret) {
        Mqtt3BlockingClient mqtt = MqttClient.builder()
                .useMqttVersion3()
                .identifier(device)
                .serverHost("127.0.0.1")
                .serverPort(mqttPort)
                .simpleAuth()
                .username(device)
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        mqtt.connect();
        return mqtt;
    }

    static void publish(Mqtt3BlockingClient mqtt, String device, int seq, Instant at, double celsius) {
        String payload = String.format(
                Locale.ROOT, "{\"seq\":%d,\"at\":\"%s\",\"values\":{\"coolingTemperature\":%.2f}}", seq, at, celsius);
        mqtt.publishWith()
                .topic("yiqi/v1/" + device + "/readings")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static Map<String, Object> cny(String amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }

    private static Map<String, Object> period(Instant from, Instant to) {
        return Map.of("from", from.toString(), "to", to.toString());
    }
}

package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two hundred people want the same hours of one unit at the same moment. */
class SlotRaceIT {

    private static final int PEOPLE = 200;
    private static final String OWNER = "zhongxin.equipment";
    private static final String APPLICANT = "qinghe.doctor";

    private final Api api = Platform.shared().api();

    @Test
    void ofTwoHundredApplicationsForOneSlotOneIsAcceptedAndTheOthersAreToldThreeAlternatives() throws Exception {
        Instant start = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        Map<String, Object> application = Map.of(
                "offerId",
                publishedOffer(start, 0),
                "period",
                period(start, start.plus(3, ChronoUnit.DAYS)),
                "place",
                "ICU 3",
                "purpose",
                "Winter peak",
                "plannedUses",
                10);
        api.tokenOf(APPLICANT);
        List<Response> answers = allAtOnce(application);
        assertEquals(1, answers.stream().filter(a -> a.statusCode() == 201).count());
        List<Response> refused =
                answers.stream().filter(a -> a.statusCode() != 201).toList();
        for (Response answer : refused) {
            assertEquals(409, answer.statusCode(), answer.asString());
            assertEquals("rental.slot-taken", answer.path("code"));
            assertEquals(3, answer.<List<Object>>path("alternatives").size());
        }
    }

    @Test
    void whoOpensTheFormFirstHasTheTimeKeptAndItIsTheirsWhenTheySendIt() {
        Instant start = Instant.now().plus(12, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        String offer = publishedOffer(start, 1);
        String day = LocalDate.ofInstant(start, ZoneId.of("Asia/Shanghai")).toString();
        try (Chromium chromium = new Chromium();
                Visitor visitor = chromium.visitor(Platform.shared().base(), Visitor.CORNERS.get(0))) {
            Page form = visitor.signIn(APPLICANT, Platform.DEMO_PASSWORD).page();
            String address =
                    Platform.shared().base() + "/rental/apply?offerId=" + offer + "&from=" + day + "&to=" + day;
            form.navigate(address);
            // Reading the page again is no reason to lose the time to oneself.
            form.navigate(address);
            assertTrue(form.locator("[id='kept'] time").isVisible());
            Map<String, Object> other = Map.of(
                    "offerId",
                    offer,
                    "period",
                    period(start, start.plus(20, ChronoUnit.HOURS)),
                    "place",
                    "ICU 4",
                    "purpose",
                    "Winter peak",
                    "plannedUses",
                    1);
            api.as("linshan.doctor").body(other).post("/rentals").then().statusCode(409);
            form.locator("[id='apply:place']").fill("ICU 3");
            form.locator("[id='apply:purpose']").fill("Winter peak");
            form.locator("[id='apply:send']").click();
            form.waitForURL("**/rental/rental?id=*");
        }
    }

    private List<Response> allAtOnce(Map<String, Object> application) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Response>> waiting = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                waiting.add(people.submit(() -> {
                    go.await();
                    return api.as(APPLICANT).body(application).post("/rentals");
                }));
            }
            go.countDown();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : waiting) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            people.shutdownNow();
        }
    }

    private String publishedOffer(Instant start, int which) {
        String unit = api.as(OWNER)
                .get("/units?status=AVAILABLE&category=INFUSION_PUMP&limit=2")
                .then()
                .statusCode(200)
                .extract()
                .path("items[" + which + "].id");
        String tariff = api.as(OWNER)
                .body(Map.of(
                        "name",
                        "Race " + which,
                        "terms",
                        Map.of("packages", List.of(Map.of("length", 1, "unit", "DAY", "price", cny("100.00"))))))
                .post("/tariffs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Instant now = Instant.now();
        String offer = api.as(OWNER)
                .body(Map.of(
                        "unitId", unit,
                        "tariffId", tariff,
                        "terms", Map.of("windows", List.of(period(now, start.plus(60, ChronoUnit.DAYS))))))
                .post("/offers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        api.as(OWNER).body("").post("/offers/" + offer + "/publish").then().statusCode(200);
        return offer;
    }

    private static Map<String, String> period(Instant from, Instant to) {
        return Map.of("from", from.toString(), "to", to.toString());
    }

    private static Map<String, String> cny(String amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }
}

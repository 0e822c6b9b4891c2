package org.yiqi.system.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yiqi.system.Platform;

/**
 * No request, however strange, makes the API fail, answer what it does not document, or show its inner life. The seed is
 * printed; {@code -Dyiqi.seed=N} repeats a run.
 */
class ApiFuzzIT {

    private static final List<String> ACCOUNTS = List.of(
            "qinghe.equipment",
            "qinghe.finance",
            "qinghe.admin",
            "platform.operator",
            "platform.reviewer",
            "health.inspector",
            "anxin.engineer",
            "platform.auditor",
            "");
    private static final long SEED = Long.getLong("yiqi.seed", 20261122);

    /** An instance of its own: what gets through is data that other tests do not expect. */
    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.separate(Platform.LOWEST_PORT + 400, "yiqi-fuzz");
        platform.start("--fresh");
    }

    @AfterAll
    static void stop() {
        platform.stop();
    }

    @Test
    void noRequestMakesTheApiFailOrAnswerWhatItDoesNotDocument() throws Exception {
        fuzz(SEED, Duration.ofSeconds(90));
    }

    @Test
    @Tag("long")
    void nothingChangesThatInHalfAnHourOfChance() throws Exception {
        fuzz(Long.getLong("yiqi.seed", System.nanoTime()), Duration.ofMinutes(30));
    }

    private static void fuzz(long seed, Duration time) throws Exception {
        System.out.println("Fuzzing with -Dyiqi.seed=" + seed);
        String openApi = RestAssured.given()
                .accept("application/json")
                .get(platform.base() + "/openapi")
                .asString();
        Fuzzer fuzzer = new Fuzzer(platform.api(), ACCOUNTS, openApi, seed);
        assertTrue(fuzzer.operations() > 0, "/openapi describes nothing");
        fuzzer.learn();
        fuzzer.run(time, 3);
        System.out.println(fuzzer.requests() + " requests to " + fuzzer.operations() + " operations");
        List<String> faults = fuzzer.faults();
        assertEquals("", String.join("\n", faults), faults.size() + " faults with -Dyiqi.seed=" + seed);
    }
}

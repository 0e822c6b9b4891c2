package org.yiqi.system;

import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What docs/hospital-it.md promises, on a real Payara Server: one EAR, one script, the same product. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EarOnPayaraServerIT {

    private static PayaraServer server;
    private static Api api;

    @BeforeAll
    static void install() throws Exception {
        server = PayaraServer.start();
        server.install();
        api = server.api();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    @Order(1)
    void aPersonSignsInAndSeesTheDirectory() {
        RestAssured.get(api.base() + "/login").then().statusCode(200);
        api.as("qinghe.equipment")
                .get("/organisations?kind=HOSPITAL")
                .then()
                .statusCode(200)
                .body("total", greaterThanOrEqualTo(12));
    }

    @Test
    @Order(1)
    void noSecretStandsInTheConfigurationOfTheDomain() throws IOException {
        String domain = server.domainXml();
        for (String line : Files.readAllLines(server.settings(), StandardCharsets.UTF_8)) {
            String[] setting = line.split("=", 2);
            if (setting[0].endsWith(".password") || setting[0].endsWith("-key")) {
                assertFalse(domain.contains(setting[1]), setting[0] + " stands in domain.xml");
            } else {
                assertTrue(domain.contains(setting[0]), setting[0] + " is missing in domain.xml");
            }
        }
    }

    @Test
    @Order(1)
    void theServerDoesNotSayWhatItIs() {
        assertEquals(
                List.of(),
                RestAssured.get(api.base() + "/login").headers().asList().stream()
                        .filter(header -> header.getName().equals("Server")
                                || header.getName().equalsIgnoreCase("X-Powered-By"))
                        .toList());
    }

    @Test
    @Order(2)
    void theStoryOfOneMriIsTheSameHere() {
        MriStory story = new MriStory(api, server.mqttPort());
        story.tell();
        story.isProvable();
    }

    @Test
    @Order(3)
    void theSameCommandAgainUpdatesAndKeepsTheData() throws IOException {
        server.install();
        Api after = server.api();
        after.as("qinghe.equipment")
                .get("/organisations?kind=HOSPITAL")
                .then()
                .statusCode(200)
                .body("total", greaterThanOrEqualTo(12));
    }

    @Test
    @Order(4)
    void removingItLeavesTheServerWithoutIt() throws IOException {
        server.remove();
        RestAssured.get(api.base() + "/login").then().statusCode(404);
    }
}

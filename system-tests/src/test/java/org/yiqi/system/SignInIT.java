package org.yiqi.system;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInIT {

    private final Platform platform = Platform.shared();

    @Test
    void aPersonOfTheDemoRegionSignsInAndSeesTheDirectory() {
        platform.as("qinghe.equipment")
                .get("/organisations?kind=HOSPITAL")
                .then()
                .statusCode(200)
                .body("total", greaterThanOrEqualTo(12));
    }

    @Test
    void aWrongPasswordIsRefusedWithoutSayingWhatWasWrong() {
        platform.anonymous()
                .body(Map.of("username", "qinghe.finance", "password", "wrong"))
                .post("/tokens")
                .then()
                .statusCode(401)
                .body("code", equalTo("shared.not-signed-in"));
    }

    @Test
    void withoutATokenTheApiAnswers401() {
        platform.anonymous().get("/organisations").then().statusCode(401).header("WWW-Authenticate", "Bearer");
    }

    @Test
    void anUnknownFieldIsRefusedAndNamed() {
        platform.anonymous()
                .body(Map.of("username", "a", "password", "b", "surname", "c"))
                .post("/tokens")
                .then()
                .statusCode(400)
                .body("detail", containsString("surname"))
                .body("detail", not(containsString("org.yiqi")));
    }

    @Test
    void aMissingFieldIsNamedByItsPointer() {
        platform.anonymous()
                .body(Map.of("username", "a"))
                .post("/tokens")
                .then()
                .statusCode(422)
                .body("errors.size()", greaterThan(0))
                .body("errors[0].pointer", equalTo("/password"));
    }

    @Test
    void whatSomebodyMayNotStandsInTheAuditLog() {
        platform.as("qinghe.equipment").get("/audit/entries").then().statusCode(403);
        platform.as("platform.auditor")
                .get("/audit/entries?action=shared.denied&sort=-at&limit=100")
                .then()
                .statusCode(200)
                .body("items.subject", hasItem("GET /api/v1/audit/entries"));
    }
}

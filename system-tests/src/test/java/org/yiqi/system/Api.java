package org.yiqi.system;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The REST API at one address, whichever edition answers there, and the tokens of those who signed in. */
public final class Api {

    private final String base;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    public Api(String base) {
        this.base = base;
    }

    public String base() {
        return base;
    }

    /** Requests of a demo account, such as {@code qinghe.equipment}. */
    public RequestSpecification as(String username) {
        return anonymous().header("Authorization", "Bearer " + tokenOf(username));
    }

    public String tokenOf(String username) {
        return tokens.computeIfAbsent(username, this::signIn);
    }

    public RequestSpecification anonymous() {
        return RestAssured.given(new RequestSpecBuilder()
                .setBaseUri(base + "/api/v1")
                .setContentType(ContentType.JSON)
                .setAccept(ContentType.ANY)
                .build());
    }

    /** After a restart from nothing the tokens of before are worth nothing. */
    void forgetTokens() {
        tokens.clear();
    }

    private String signIn(String username) {
        return anonymous()
                .body(Map.of("username", username, "password", Platform.DEMO_PASSWORD))
                .post("/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}

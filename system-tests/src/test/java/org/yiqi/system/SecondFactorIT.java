package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.ValidatableResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecondFactorIT {

    private static final String PERSON = "qinghe.doctor";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Platform platform = Platform.shared();

    @Test
    void withASecondFactorThePasswordAloneIsNotEnoughAndNoCodeIsGoodTwice() throws GeneralSecurityException {
        String secret = platform.as(PERSON)
                .post("/me/second-factor")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        long step = Instant.now().getEpochSecond() / 30;
        platform.as(PERSON)
                .body(Map.of("code", "000000"))
                .post("/me/second-factor/confirm")
                .then()
                .statusCode(422)
                .body("code", equalTo("organisation.factor-code"));
        List<String> recovery = platform.as(PERSON)
                .body(Map.of("code", code(secret, step)))
                .post("/me/second-factor/confirm")
                .then()
                .statusCode(200)
                .body("recoveryCodes", hasSize(10))
                .extract()
                .path("recoveryCodes");
        try {
            signIn(null).statusCode(401).body("code", equalTo("organisation.otp-needed"));
            signIn(code(secret, step)).statusCode(401).body("code", equalTo("shared.not-signed-in"));
            signIn(code(secret, step + 1)).statusCode(201);
            signIn(code(secret, step + 1)).statusCode(401).body("code", equalTo("shared.not-signed-in"));
            signIn(recovery.get(0)).statusCode(201);
            signIn(recovery.get(0)).statusCode(401).body("code", equalTo("shared.not-signed-in"));
        } finally {
            platform.as(PERSON)
                    .body(Map.of("code", recovery.get(1)))
                    .post("/me/second-factor/end")
                    .then()
                    .statusCode(204);
        }
        signIn(null).statusCode(201);
    }

    private ValidatableResponse signIn(@Nullable String otp) {
        Map<String, Object> body = new HashMap<>(Map.of("username", PERSON, "password", Platform.DEMO_PASSWORD));
        if (otp != null) {
            body.put("otp", otp);
        }
        return platform.anonymous().body(body).post("/tokens").then();
    }

    /** RFC 6238 as an authenticator computes it, apart from the platform's own code. */
    private static String code(String secret, long step) throws GeneralSecurityException {
        ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
        long bits = 0;
        int held = 0;
        for (int i = 0; i < secret.length(); i++) {
            bits = bits << 5 | BASE32.indexOf(secret.charAt(i));
            held += 5;
            if (held >= 8) {
                held -= 8;
                key.put((byte) (bits >> held));
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fffffff;
        return "%06d".formatted(number % 1_000_000);
    }
}

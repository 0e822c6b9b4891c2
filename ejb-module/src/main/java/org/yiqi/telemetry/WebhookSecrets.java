package org.yiqi.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The secret of each webhook, derived from the platform's key, so that none is stored. */
@ApplicationScoped
public class WebhookSecrets {

    @Inject
    @ConfigProperty(name = "yiqi.key-encryption-key", defaultValue = "")
    Optional<String> key;

    String secretOf(UUID webhook) {
        byte[] master = Base64.getDecoder()
                .decode(key.filter(k -> !k.isBlank())
                        .orElseThrow(() -> new IllegalStateException("yiqi.key-encryption-key is not set")));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(master, "webhook:" + webhook));
    }

    /** The signature that a receiver checks: {@code hex(HMAC-SHA256(secret, timestamp + "." + body))}. */
    public String sign(UUID webhook, String timestamp, String body) {
        byte[] secret = secretOf(webhook).getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(hmac(secret, timestamp + "." + body));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

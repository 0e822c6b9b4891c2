package org.yiqi.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.organisation.domain.Totp;

/**
 * Secrets of second factors as they lie in the database: AES-256-GCM under the key-encryption key, bound to the person, so
 * that a copy of the database is no second factor. Layout: version 1, nonce (12), ciphertext and tag.
 */
@ApplicationScoped
public class FactorSecrets {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Optional<String> key = Optional.empty();
    private Optional<String> previous = Optional.empty();

    protected FactorSecrets() {}

    @Inject
    FactorSecrets(
            @ConfigProperty(name = "yiqi.key-encryption-key") Optional<String> key,
            @ConfigProperty(name = "yiqi.previous-key-encryption-key") Optional<String> previous) {
        this.key = key.filter(text -> !text.isBlank());
        this.previous = previous.filter(text -> !text.isBlank());
    }

    byte[] random() {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    byte[] seal(byte[] secret, UUID person) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = crypt(Cipher.ENCRYPT_MODE, present(), nonce, secret, person);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
        return ByteBuffer.allocate(1 + NONCE + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    byte[] open(byte[] sealed, UUID person) {
        if (sealed.length < 1 + NONCE || sealed[0] != VERSION) {
            throw new IllegalStateException("A second factor's secret has an unknown form");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
        byte[] content = Arrays.copyOfRange(sealed, 1 + NONCE, sealed.length);
        try {
            return crypt(Cipher.DECRYPT_MODE, present(), nonce, content, person);
        } catch (GeneralSecurityException e) {
            return previous.map(before -> {
                        try {
                            return crypt(Cipher.DECRYPT_MODE, before, nonce, content, person);
                        } catch (GeneralSecurityException neither) {
                            throw unusable(neither);
                        }
                    })
                    .orElseThrow(() -> unusable(e));
        }
    }

    private static IllegalStateException unusable(GeneralSecurityException cause) {
        return new IllegalStateException("A second factor's secret does not open with this key-encryption key", cause);
    }

    private String present() {
        return key.orElseThrow(() -> new IllegalStateException("yiqi.key-encryption-key is not set"));
    }

    private static byte[] crypt(int mode, String base64, byte[] nonce, byte[] content, UUID person)
            throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("organisation.person.totp|" + person).getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(content);
    }
}

package org.yiqi.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps private keys for the database: AES-256-GCM, bound to the key's id and its organisation, so that a wrapped key
 * copied into another row does not open there. Layout: version 1, nonce (12), ciphertext and tag.
 */
final class KeyWrap {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** @param base64 32 bytes in Base64, from {@code yiqi.key-encryption-key} */
    KeyWrap(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length != 32) {
            throw new IllegalArgumentException("yiqi.key-encryption-key must be 32 bytes in Base64");
        }
        key = new SecretKeySpec(bytes, "AES");
    }

    byte[] wrap(byte[] privateKey, UUID org, String keyId) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, privateKey, org, keyId);
        return ByteBuffer.allocate(1 + NONCE + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    byte[] unwrap(byte[] wrapped, UUID org, String keyId) {
        if (wrapped.length < 1 + NONCE || wrapped[0] != VERSION) {
            throw new IllegalStateException("the wrapped key " + keyId + " has an unknown form");
        }
        byte[] nonce = Arrays.copyOfRange(wrapped, 1, 1 + NONCE);
        byte[] sealed = Arrays.copyOfRange(wrapped, 1 + NONCE, wrapped.length);
        return crypt(Cipher.DECRYPT_MODE, nonce, sealed, org, keyId);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] content, UUID org, String keyId) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(("ledger.managed_key|" + keyId + "|" + org).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the managed key " + keyId + " cannot be used with this key-encryption key", e);
        }
    }
}

package org.yiqi.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.yiqi.contract.Act;

/**
 * Wraps private keys for the database: AES-256-GCM, bound to the key's id and its organisation, so that a wrapped key
 * copied into another row does not open there.
 *
 * <p>Layout: version 2, the first 8 bytes of the SHA-256 of the key-encryption key, nonce (12), ciphertext and tag. Version
 * 1 did not name its key.
 */
final class KeyWrap {

    private static final byte UNNAMED = 1;
    private static final byte VERSION = 2;
    private static final int NAME = 8;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyEncryptionKey current;
    private final List<KeyEncryptionKey> all;

    /**
     * @param current 32 bytes in Base64, from {@code yiqi.key-encryption-key}: new keys are wrapped with it
     * @param previous the one before it, from {@code yiqi.previous-key-encryption-key}, or empty
     */
    KeyWrap(String current, String previous) {
        this.current = KeyEncryptionKey.of(current, "yiqi.key-encryption-key");
        List<KeyEncryptionKey> known = new ArrayList<>(List.of(this.current));
        if (!previous.isBlank()) {
            known.add(KeyEncryptionKey.of(previous, "yiqi.previous-key-encryption-key"));
        }
        this.all = List.copyOf(known);
    }

    private record KeyEncryptionKey(String name, SecretKeySpec key) {

        static KeyEncryptionKey of(String base64, String setting) {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length != 32) {
                throw new IllegalArgumentException(setting + " must be 32 bytes in Base64");
            }
            byte[] digest = HexFormat.of().parseHex(Act.sha256(bytes));
            return new KeyEncryptionKey(HexFormat.of().formatHex(digest, 0, NAME), new SecretKeySpec(bytes, "AES"));
        }
    }

    byte[] wrap(byte[] privateKey, UUID org, String keyId) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, current, nonce, privateKey, org, keyId);
            return ByteBuffer.allocate(1 + NAME + NONCE + sealed.length)
                    .put(VERSION)
                    .put(HexFormat.of().parseHex(current.name()))
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** How everything that the current key-encryption key has wrapped begins. */
    byte[] currentPrefix() {
        return ByteBuffer.allocate(1 + NAME)
                .put(VERSION)
                .put(HexFormat.of().parseHex(current.name()))
                .array();
    }

    byte[] unwrap(byte[] wrapped, UUID org, String keyId) {
        boolean unnamed = wrapped.length > 0 && wrapped[0] == UNNAMED;
        int start = unnamed ? 1 : 1 + NAME;
        if (wrapped.length < start + NONCE || !(unnamed || wrapped[0] == VERSION)) {
            throw new IllegalStateException("the wrapped key " + keyId + " has an unknown form");
        }
        String name = HexFormat.of().formatHex(wrapped, 1, start);
        byte[] nonce = Arrays.copyOfRange(wrapped, start, start + NONCE);
        byte[] sealed = Arrays.copyOfRange(wrapped, start + NONCE, wrapped.length);
        GeneralSecurityException refused = null;
        for (KeyEncryptionKey key : all) {
            if (unnamed || name.equals(key.name())) {
                try {
                    return crypt(Cipher.DECRYPT_MODE, key, nonce, sealed, org, keyId);
                } catch (GeneralSecurityException e) {
                    refused = e;
                }
            }
        }
        throw new IllegalStateException(
                "the managed key " + keyId + " cannot be used with this key-encryption key", refused);
    }

    private static byte[] crypt(int mode, KeyEncryptionKey key, byte[] nonce, byte[] content, UUID org, String keyId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("ledger.managed_key|" + keyId + "|" + org).getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(content);
    }
}

package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureAlgorithmTest {

    private static final byte[] CONTENT = "what the signature covers".getBytes(StandardCharsets.UTF_8);

    // Made by OpenSSL 3.0: pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678
    private static final byte[] SM2_KEY =
            decode("MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAED8R8TIBHDAThSeRkMuyV8ZSIo1WiZ0eYYVK3"
                    + "LhKzcrmGIz/pfdbF0dtdzeX8Qdrfnmlm6YEKYAueznk/sMlDPw==");
    private static final byte[] SM2_SIGNATURE = decode(
            "MEUCIQDIQ1ztLdGLOZHLfGHLZHgwL9h8DT4mlpk2oZpKoc036gIgHwa1ZUbhVrox" + "lZKXfjkIO7iyIVMB383ZgO+FKKjolRs=");
    // The same with P-256 and SHA-256.
    private static final byte[] P256_KEY =
            decode("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdx1Vav8fGQOGPJQj+fjSsHIvoRPV4eLYnzPC"
                    + "sHOIe6jA+c/w80gL81y1uYvjSL+09+I5NnIZ8rBy4tezaxJcLg==");
    private static final byte[] P256_SIGNATURE = decode(
            "MEUCIQDi2jPuvJR75aupKe42n+MXA/kUwVDZQaG1iH54vMVksAIgQJXxptHf48SX" + "tiy+pY539VYhSellooOXaJwNQlFjyTc=");

    @Test
    void whatOpenSslSignedVerifiesHere() {
        assertTrue(SignatureAlgorithm.SM2_SM3.verifies(SM2_KEY, CONTENT, SM2_SIGNATURE));
        assertTrue(SignatureAlgorithm.ECDSA_P256_SHA256.verifies(P256_KEY, CONTENT, P256_SIGNATURE));
    }

    @Test
    void everySingleBitOfASignatureCounts() {
        for (int bit = 0; bit < SM2_SIGNATURE.length * 8; bit++) {
            byte[] changed = SM2_SIGNATURE.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(SignatureAlgorithm.SM2_SM3.verifies(SM2_KEY, CONTENT, changed), "bit " + bit);
        }
    }

    @Test
    void aKeyOfTheOtherCurveIsNotAccepted() {
        assertFalse(SignatureAlgorithm.SM2_SM3.accepts(P256_KEY));
        assertFalse(SignatureAlgorithm.ECDSA_P256_SHA256.accepts(SM2_KEY));
        assertFalse(SignatureAlgorithm.SM2_SM3.accepts(new byte[] {1, 2, 3}));
    }

    @ParameterizedTest
    @EnumSource
    void whatOneKeySignsNoOtherKeyVerifies(SignatureAlgorithm alg) {
        KeyPair own = alg.newKeyPair(new SecureRandom());
        KeyPair other = alg.newKeyPair(new SecureRandom());
        byte[] value = alg.sign(own.getPrivate().getEncoded(), CONTENT);
        assertTrue(alg.verifies(own.getPublic().getEncoded(), CONTENT, value));
        assertFalse(alg.verifies(other.getPublic().getEncoded(), CONTENT, value));
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}

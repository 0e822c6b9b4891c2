package org.yiqi.contract;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An organisation's signature over an act's bytes. It stands beside the act, not inside.
 *
 * @param keyId fingerprint of the key, see {@link OrganisationKey#fingerprint}
 * @param value DER, in Base64
 */
public record ActSignature(UUID org, String keyId, SignatureAlgorithm alg, String value) {

    /** Signs an act with a PKCS#8 private key. */
    public static ActSignature by(UUID org, String keyId, SignatureAlgorithm alg, byte[] privateKey, Act act) {
        byte[] value = alg.sign(privateKey, act.bytes());
        return new ActSignature(org, keyId, alg, Base64.getEncoder().encodeToString(value));
    }

    /** Whether this is the key's signature over exactly these bytes. */
    public boolean verifies(OrganisationKey key, byte[] bytes) {
        if (!key.keyId().equals(keyId) || !key.org().equals(org) || key.alg() != alg) {
            return false;
        }
        try {
            return alg.verifies(key.publicKeyBytes(), bytes, Base64Text.decode(value));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Map<String, Object> tree() {
        return Map.of("alg", alg.name(), "keyId", keyId, "org", org.toString(), "value", value);
    }

    static ActSignature read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("alg", "keyId", "org", "value"));
        return new ActSignature(
                fields.uuid("org"),
                fields.text("keyId"),
                Names.of(SignatureAlgorithm.class, fields.text("alg")),
                fields.text("value"));
    }
}

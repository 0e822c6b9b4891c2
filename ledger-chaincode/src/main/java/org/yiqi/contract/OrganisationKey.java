package org.yiqi.contract;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the ledger knows it.
 *
 * @param keyId {@link #fingerprint} of the public key
 * @param publicKey SubjectPublicKeyInfo in Base64
 * @param custody who can use the private key: an act under a managed key is only as good as the platform's custody
 * @param registeredBy the act that brought the key in, or null for a founding key
 * @param revokedBy the act that ended it, or null while it is valid
 */
public record OrganisationKey(
        UUID org,
        String keyId,
        SignatureAlgorithm alg,
        String publicKey,
        Custody custody,
        @Nullable UUID registeredBy,
        @Nullable UUID revokedBy) {

    private static final Set<String> NAMES =
            Set.of("alg", "custody", "keyId", "org", "publicKey", "registeredBy", "revokedBy");

    /** Who can use the private key. */
    public enum Custody {
        /** The platform keeps it, wrapped, and uses it when an entitled person asks. */
        MANAGED,
        /** Only the organisation has it; nobody else can speak for it. */
        HELD
    }

    public OrganisationKey {
        byte[] encoded = decode(publicKey);
        if (!alg.accepts(encoded)) {
            throw new MalformedAct("not a public key for " + alg);
        }
        if (!fingerprint(encoded).equals(keyId)) {
            throw new MalformedAct("the key's id is not its fingerprint");
        }
    }

    /** SHA-256 of the SubjectPublicKeyInfo: the name under which people compare a key. */
    public static String fingerprint(byte[] publicKey) {
        return Act.sha256(publicKey);
    }

    /** A key that founds or joins the ledger, named by its fingerprint. */
    public static OrganisationKey of(UUID org, SignatureAlgorithm alg, byte[] publicKey, Custody custody) {
        return new OrganisationKey(
                org, fingerprint(publicKey), alg, Base64.getEncoder().encodeToString(publicKey), custody, null, null);
    }

    /** The body of {@code org.key-registered}. */
    public Map<String, Object> body() {
        return Map.of("alg", alg.name(), "custody", custody.name(), "keyId", keyId, "publicKey", publicKey);
    }

    static OrganisationKey ofBody(UUID org, Fields body, UUID registeredBy) {
        return new OrganisationKey(
                org,
                body.text("keyId"),
                Names.of(SignatureAlgorithm.class, body.text("alg")),
                body.text("publicKey"),
                Names.of(Custody.class, body.text("custody")),
                registeredBy,
                null);
    }

    OrganisationKey revoked(UUID act) {
        return new OrganisationKey(org, keyId, alg, publicKey, custody, registeredBy, act);
    }

    /** Whether it may still sign. */
    public boolean active() {
        return revokedBy == null;
    }

    byte[] publicKeyBytes() {
        return decode(publicKey);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new HashMap<>(body());
        tree.put("org", org.toString());
        tree.put("registeredBy", registeredBy == null ? null : registeredBy.toString());
        tree.put("revokedBy", revokedBy == null ? null : revokedBy.toString());
        return tree;
    }

    static OrganisationKey read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new OrganisationKey(
                fields.uuid("org"),
                fields.text("keyId"),
                Names.of(SignatureAlgorithm.class, fields.text("alg")),
                fields.text("publicKey"),
                Names.of(Custody.class, fields.text("custody")),
                fields.uuidOrNull("registeredBy"),
                fields.uuidOrNull("revokedBy"));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("a public key is Base64", e);
        }
    }
}

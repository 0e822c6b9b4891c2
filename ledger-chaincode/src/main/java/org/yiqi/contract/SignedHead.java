package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The operator's word on how far a local ledger's journal goes. It is also kept outside the database, so that cutting
 * the journal's tail, or writing another history, contradicts a signature that somebody has.
 *
 * @param position of the journal's last line
 * @param hash of that line
 * @param keyId the operator's key, by its fingerprint
 * @param signature DER in Base64, over {@link #content}
 */
public record SignedHead(long position, String hash, Instant signedAt, String keyId, String signature) {

    private static final Set<String> NAMES = Set.of("hash", "keyId", "position", "signature", "signedAt");

    /** The bytes that the operator signs. */
    public static byte[] content(long position, String hash, Instant signedAt) {
        return CanonicalJson.write(
                        Map.of("hash", hash, "position", Long.toString(position), "signedAt", signedAt.toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the key made this signature. */
    public boolean verifies(OrganisationKey key) {
        try {
            byte[] value = Base64Text.decode(signature);
            return key.keyId().equals(keyId)
                    && key.alg().verifies(key.publicKeyBytes(), content(position, hash, signedAt), value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Canonical JSON on one line. */
    public String json() {
        return CanonicalJson.write(tree());
    }

    /** Reads what {@link #json} wrote. */
    public static SignedHead parse(String json) {
        return read(CanonicalJson.read(json));
    }

    Map<String, Object> tree() {
        return Map.of(
                "hash", hash,
                "keyId", keyId,
                "position", Long.toString(position),
                "signature", signature,
                "signedAt", signedAt.toString());
    }

    static SignedHead read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new SignedHead(
                fields.number("position"),
                fields.text("hash"),
                fields.instant("signedAt"),
                fields.text("keyId"),
                fields.text("signature"));
    }
}

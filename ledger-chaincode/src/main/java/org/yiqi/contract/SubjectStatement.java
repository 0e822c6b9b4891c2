package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's word on where a subject's chain stands, so that acts left out of a bundle are missed.
 *
 * @param digest of the subject's last act, or null while there is none
 * @param position of the journal's last line when this was said
 */
public record SubjectStatement(
        Subject subject,
        @Nullable String digest,
        int length,
        long position,
        Instant at,
        String keyId,
        String signature) {

    private static final Set<String> NAMES =
            Set.of("at", "digest", "keyId", "length", "position", "signature", "subject");

    /** The bytes that the operator signs. */
    public static byte[] content(Subject subject, @Nullable String digest, int length, long position, Instant at) {
        return CanonicalJson.write(said(subject, digest, length, position, at)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> said(
            Subject subject, @Nullable String digest, int length, long position, Instant at) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("at", at.toString());
        tree.put("digest", digest);
        tree.put("length", Integer.toString(length));
        tree.put("position", Long.toString(position));
        tree.put("subject", subject.toString());
        return tree;
    }

    boolean verifies(OrganisationKey key) {
        try {
            byte[] value = Base64Text.decode(signature);
            byte[] content = content(subject, digest, length, position, at);
            return key.keyId().equals(keyId) && key.alg().verifies(key.publicKeyBytes(), content, value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = said(subject, digest, length, position, at);
        tree.put("keyId", keyId);
        tree.put("signature", signature);
        return tree;
    }

    static SubjectStatement read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new SubjectStatement(
                Subject.parse(fields.text("subject")),
                fields.textOrNull("digest"),
                Math.toIntExact(fields.number("length")),
                fields.number("position"),
                fields.instant("at"),
                fields.text("keyId"),
                fields.text("signature"));
    }
}

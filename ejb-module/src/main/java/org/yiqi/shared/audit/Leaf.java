package org.yiqi.shared.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;

/**
 * What an entry says, in the one form that is hashed. Details hold texts, truths, lists and maps only: a number becomes
 * its text, so that no two readers can differ about its precision.
 */
record Leaf(
        Instant at,
        @Nullable UUID orgId,
        @Nullable UUID personId,
        String action,
        String subject,
        Map<String, Object> details) {

    /** SHA-256 of 0x00, the salt and the canonical bytes, as RFC 6962 hashes a leaf. */
    byte[] hash(byte[] salt) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("at", at.toString());
        tree.put("org", text(orgId));
        tree.put("person", text(personId));
        tree.put("action", action);
        tree.put("subject", subject);
        tree.put("details", details);
        byte[] bytes = CanonicalJson.write(tree).getBytes(StandardCharsets.UTF_8);
        return MerkleTree.sha256(new byte[] {0}, salt, bytes);
    }

    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    static Map<String, Object> plain(Map<String, ?> details) {
        Map<String, Object> plain = new TreeMap<>();
        details.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), v));
            return plain(copy);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Leaf::plain).toList();
        }
        return value instanceof Boolean ? value : clean(String.valueOf(value));
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }
}

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
import org.yiqi.contract.MerkleTree;

/**
 * What an entry says, in the one form that is hashed. Details hold texts, truths, lists and maps only: a number becomes
 * its text, so that no two readers can differ about its precision.
 */
public record AuditContent(
        Instant at,
        @Nullable UUID orgId,
        @Nullable UUID personId,
        String action,
        String subject,
        Map<String, Object> details) {

    /** What the entry's leaf in the evidence log is made of, besides its salt: canonical JSON. */
    public String json() {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("at", at.toString());
        tree.put("org", text(orgId));
        tree.put("person", text(personId));
        tree.put("action", action);
        tree.put("subject", subject);
        tree.put("details", details);
        return CanonicalJson.write(tree);
    }

    /** The leaf in the evidence log. */
    public byte[] hash(byte[] salt) {
        return MerkleTree.leaf(salt, json().getBytes(StandardCharsets.UTF_8));
    }

    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    /** The details in the form that is hashed and stored. */
    public static Map<String, Object> plain(Map<String, ?> details) {
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
            return list.stream().map(AuditContent::plain).toList();
        }
        return value instanceof Boolean ? value : clean(String.valueOf(value));
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }
}

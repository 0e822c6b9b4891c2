package org.yiqi.contract;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far a Merkle log of evidence is anchored.
 *
 * @param log its name, such as {@code audit}
 * @param size how many leaves the root covers
 * @param root SHA-256 in hexadecimal
 */
public record AnchoredLog(String log, long size, String root) {

    static String key(UUID subject) {
        return "evidence/" + subject;
    }

    String json() {
        return CanonicalJson.write(Map.of("log", log, "root", root, "size", Long.toString(size)));
    }

    static AnchoredLog parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("log", "root", "size"));
        return new AnchoredLog(fields.text("log"), fields.number("size"), fields.text("root"));
    }
}

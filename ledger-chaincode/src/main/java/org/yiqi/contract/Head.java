package org.yiqi.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where a subject's chain stands.
 *
 * @param act the last act
 * @param digest what the next act must name as its previous
 * @param length how many acts the chain has
 */
public record Head(UUID act, String digest, Instant occurredAt, int length) {

    Map<String, Object> tree() {
        return Map.of(
                "act", act.toString(),
                "digest", digest,
                "length", Integer.toString(length),
                "occurredAt", occurredAt.toString());
    }

    String json() {
        return CanonicalJson.write(tree());
    }

    static Head parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("act", "digest", "length", "occurredAt"));
        return new Head(
                fields.uuid("act"),
                fields.text("digest"),
                fields.instant("occurredAt"),
                Integer.parseInt(fields.text("length")));
    }
}

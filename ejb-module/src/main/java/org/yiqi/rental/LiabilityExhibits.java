package org.yiqi.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.rental.LiabilityView.Fact;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;

/** Puts evidence into a case and its digest into the evidence log, in one transaction. What is in is never changed. */
@ApplicationScoped
class LiabilityExhibits {

    @Inject
    Sql sql;

    @Inject
    Exhibits exhibits;

    @Inject
    Clock clock;

    UUID add(UUID liability, LiabilityEvidenceKind kind, UUID org, Map<String, ?> facts) {
        return add(liability, kind, org, facts, null);
    }

    UUID add(UUID liability, DamagePhoto photo, UUID org) {
        return add(
                liability,
                LiabilityEvidenceKind.PHOTO,
                org,
                Map.of("file", photo.name(), "sha256", sha256(photo.content())),
                photo);
    }

    private UUID add(
            UUID liability, LiabilityEvidenceKind kind, UUID org, Map<String, ?> facts, @Nullable DamagePhoto photo) {
        UUID id = Ids.next();
        Map<String, Object> plain = new TreeMap<>();
        facts.forEach((name, value) -> plain.put(name, String.valueOf(value)));
        String content = CanonicalJson.write(plain);
        String digest = sha256(content.getBytes(StandardCharsets.UTF_8));
        sql.update(
                """
                insert into rental.liability_evidence(id, liability_id, kind, position, org_id, at, content, digest, file, media_type)
                values (?, ?, ?, (select count(*) from rental.liability_evidence where liability_id = ?), ?, ?, ?, ?, ?, ?)""",
                id,
                liability,
                kind.name(),
                liability,
                org,
                clock.instant(),
                content,
                digest,
                photo == null ? null : photo.content(),
                photo == null ? null : photo.mediaType());
        exhibits.submit(
                EvidenceOf.of(EvidenceKind.LIABILITY, id),
                null,
                Map.of(
                        "liability",
                        liability,
                        "kind",
                        kind.name(),
                        "organisation",
                        org,
                        "at",
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        "sha256",
                        digest));
        return id;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content as names and values, in the order of the names. */
    static List<Fact> facts(String content) {
        try (JsonReader reader = Json.createReader(new StringReader(content))) {
            List<Fact> facts = new ArrayList<>();
            reader.readObject()
                    .forEach((name, value) -> facts.add(
                            new Fact(name, value instanceof JsonString s ? s.getString() : value.toString())));
            return facts;
        }
    }
}

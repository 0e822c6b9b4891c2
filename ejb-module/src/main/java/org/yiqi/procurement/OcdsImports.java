package org.yiqi.procurement;

import static org.yiqi.procurement.domain.ReleaseFields.text;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.domain.ReleaseFields;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Brings a buyer's earlier tenders from another system: its releases are kept and published again as they were. */
@Stateless
@Secured
public class OcdsImports {

    private static final int MOST_RELEASES = 10_000;
    private static final int MOST_BYTES = 32 << 20;

    @Inject
    Sql sql;

    @Inject
    ReleaseStore releases;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** What came of an import; a release that was there already, word for word, is not taken twice. */
    public record Outcome(@Nullable UUID id, List<String> ocids, int imported, int known) {
        public Outcome {
            ocids = List.copyOf(ocids);
        }
    }

    /** An import as its buyer sees it. */
    public record Imported(UUID id, String publisher, int releases, Instant importedAt, List<String> ocids) {
        public Imported {
            ocids = List.copyOf(ocids);
        }
    }

    /** Whose an imported process was. */
    public record Origin(String ocid, String publisher, String license, String policy, Instant importedAt) {}

    /**
     * Takes a release package of version 1.1.
     *
     * @throws RuleViolation {@code procurement.package-invalid}, naming each place
     * @throws Conflict {@code procurement.release-known} when another release has that id, {@code procurement.process-foreign}
     *     when another organisation brought the process
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public Outcome take(InputStream json) {
        JsonObject content = read(json);
        List<JsonObject> given = check(content);
        releases.lock();
        Set<String> ocids = new LinkedHashSet<>();
        List<JsonObject> fresh = new ArrayList<>();
        for (JsonObject release : given) {
            if (ocids.add(release.getString("ocid"))) {
                checkOwn(release.getString("ocid"));
            }
            if (isNew(release)) {
                fresh.add(release);
            }
        }
        UUID id = fresh.isEmpty() ? null : insert(content, fresh);
        return new Outcome(id, List.copyOf(ocids), fresh.size(), given.size() - fresh.size());
    }

    private static JsonObject read(InputStream json) {
        try {
            byte[] bytes = json.readNBytes(MOST_BYTES + 1);
            new Limits("procurement.package-invalid", "The package is too large")
                    .check("", bytes.length <= MOST_BYTES, "at most 32 MB")
                    .refuse();
            String text = new String(bytes, StandardCharsets.UTF_8);
            // PostgreSQL's text knows no zero character.
            new Limits("procurement.package-invalid", "The package has characters that no text has")
                    .check("", !text.contains("\\u0000"), "no zero characters")
                    .refuse();
            return parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
            // The parser throws a bare RuntimeException at what is nested too deeply.
        } catch (RuntimeException e) {
            throw new RuleViolation("procurement.package-invalid", "This is not a release package", e)
                    .at("", "a JSON object");
        }
    }

    private static List<JsonObject> check(JsonObject content) {
        Limits limits = new Limits("procurement.package-invalid", "This is not a release package that can be taken")
                .check("/version", "1.1".equals(text(content, "version")), "1.1");
        JsonObject publisher =
                content.get("publisher") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        limits.check("/publisher/name", !text(publisher, "name").isEmpty(), "who published it");
        JsonArray list = content.get("releases") instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
        limits.number("/releases", list.size(), 1, MOST_RELEASES);
        List<JsonObject> given = new ArrayList<>();
        Set<List<String>> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String at = "/releases/" + i;
            if (list.get(i) instanceof JsonObject release) {
                checkRelease(release, at, limits);
                limits.check(at + "/id", ids.add(List.of(text(release, "ocid"), text(release, "id"))), "each id once");
                given.add(release);
            } else {
                limits.check(at, false, "a release");
            }
        }
        limits.refuse();
        return given;
    }

    private static void checkRelease(JsonObject release, String at, Limits limits) {
        String ocid = text(release, "ocid");
        limits.text(at + "/ocid", ocid, 200)
                .check(at + "/ocid", !ocid.startsWith(Ocid.PREFIX), "not a process of this platform")
                .text(at + "/id", text(release, "id"), 200)
                .check(at + "/date", date(release).isPresent(), "a time with its offset")
                .check(at + "/tag", tag(release).isPresent(), "tags of the standard's list")
                .check(at + "/initiationType", "tender".equals(text(release, "initiationType")), "tender");
    }

    private static Optional<Instant> date(JsonObject release) {
        return Optional.ofNullable(ReleaseFields.date(release, "date")).map(OffsetDateTime::toInstant);
    }

    private static Optional<ReleaseTag> tag(JsonObject release) {
        if (!(release.get("tag") instanceof JsonArray tags) || tags.isEmpty()) {
            return Optional.empty();
        }
        List<ReleaseTag> known = tags.stream()
                .flatMap(tag -> tag instanceof JsonString code ? ReleaseTag.of(code.getString()).stream() : null)
                .toList();
        return known.size() == tags.size() ? Optional.of(known.get(0)) : Optional.empty();
    }

    private void checkOwn(String ocid) {
        if (sql.exists("select 1 from procurement.ocds_release where ocid = ? and org_id <> ?", ocid, caller.orgId())) {
            throw new Conflict("procurement.process-foreign", "Another organisation brought this process")
                    .with("ocid", ocid);
        }
    }

    private boolean isNew(JsonObject release) {
        Optional<String> known = sql.first(
                "select content::text from procurement.ocds_release where ocid = ? and id = ?",
                rs -> rs.getString(1),
                release.getString("ocid"),
                release.getString("id"));
        if (known.isPresent() && !known.get().equals(release.toString())) {
            throw new Conflict("procurement.release-known", "A release that is out is not changed")
                    .with("id", release.getString("id"));
        }
        return known.isEmpty();
    }

    private UUID insert(JsonObject content, List<JsonObject> fresh) {
        UUID id = Ids.next();
        sql.update(
                """
                insert into procurement.ocds_package(id, org_id, publisher, license, policy, releases, imported_by, imported_at)
                values (?,?, cast(? as json), ?,?,?,?,?)""",
                id,
                caller.orgId(),
                content.getJsonObject("publisher").toString(),
                text(content, "license"),
                text(content, "publicationPolicy"),
                fresh.size(),
                caller.personId(),
                clock.instant());
        for (JsonObject release : fresh) {
            releases.insert(
                    release.getString("ocid"),
                    release.getString("id"),
                    tag(release).orElseThrow(),
                    date(release).orElseThrow(),
                    caller.orgId(),
                    id,
                    release.toString());
        }
        audit.write("procurement.releases-imported", id.toString(), Map.of("releases", fresh.size()));
        return id;
    }

    /** What the caller's organisation brought, the newest first, at most 50. */
    @RolesAllowed(Roles.EQUIPMENT)
    public List<Imported> mine() {
        return sql.list(
                """
                select p.id, p.publisher ->> 'name' as publisher, p.releases, p.imported_at,
                  (select array_agg(distinct r.ocid) from procurement.ocds_release r where r.package_id = p.id) as ocids
                  from procurement.ocds_package p where p.org_id = ? order by p.imported_at desc, p.id desc limit 50""",
                rs -> new Imported(
                        rs.getObject("id", UUID.class),
                        rs.getString("publisher"),
                        rs.getInt("releases"),
                        rs.getTimestamp("imported_at").toInstant(),
                        Sql.texts(rs, "ocids")),
                caller.orgId());
    }

    /** Of some processes, which were imported, and whose they were. */
    @PermitAll
    public List<Origin> origins(List<String> ocids) {
        return sql.list(
                """
                select distinct on (r.ocid) r.ocid, p.publisher, p.license, p.policy, p.imported_at
                  from procurement.ocds_release r join procurement.ocds_package p on p.id = r.package_id
                 where r.ocid = any(?) order by r.ocid, r.position desc""",
                rs -> new Origin(
                        rs.getString("ocid"),
                        rs.getString("publisher"),
                        rs.getString("license"),
                        rs.getString("policy"),
                        rs.getTimestamp("imported_at").toInstant()),
                ocids);
    }
}

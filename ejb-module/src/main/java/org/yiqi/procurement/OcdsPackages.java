package org.yiqi.procurement;

import static org.yiqi.procurement.domain.ReleaseFields.parse;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.procurement.domain.ReleaseMerge;
import org.yiqi.shared.tenancy.Secured;

/** Releases in the packages that the Open Contracting Data Standard 1.1 defines for exchange. */
@Stateless
@Secured
public class OcdsPackages {

    private static final String EXTENSIONS = "https://raw.githubusercontent.com/open-contracting-extensions/";
    private static final String RELEASES = "/api/v1/public/ocds/releases";
    private static final String RECORDS = "/api/v1/public/ocds/records";

    @Inject
    Releases releases;

    @Inject
    OcdsImports imports;

    @Inject
    @ConfigProperty(name = "yiqi.public-url")
    String publicUrl;

    /** All releases of a process. */
    @PermitAll
    public JsonObject releasesOf(String ocid) {
        return releasePackage(releases.of(ocid), base() + RELEASES + "?ocid=" + encoded(ocid))
                .build();
    }

    /** A page of the feed; empty when nothing came after that position. */
    @PermitAll
    public Optional<JsonObject> feed(long after, int limit) {
        List<Release> page = releases.after(after, limit);
        if (page.isEmpty()) {
            return Optional.empty();
        }
        String here = base() + RELEASES + "?after=" + after + "&limit=" + limit;
        long last = page.get(page.size() - 1).position();
        String onwards = base() + RELEASES + "?after=" + last + "&limit=" + limit;
        boolean more = !releases.after(last, 1).isEmpty();
        return Optional.of(releasePackage(page, here)
                .add("links", Json.createObjectBuilder().add(more ? "next" : "newer", onwards))
                .build());
    }

    /** The record of a process: its releases, what holds after them, and every value's history. */
    @PermitAll
    public JsonObject recordOf(String ocid) {
        return recordPackage(List.of(ocid), base() + RECORDS + "?ocid=" + encoded(ocid))
                .build();
    }

    /** Records of processes after one by ocid; empty when there is none. */
    @PermitAll
    public Optional<JsonObject> records(String after, int limit) {
        List<String> ocids = releases.processes(after, limit);
        if (ocids.isEmpty()) {
            return Optional.empty();
        }
        JsonObjectBuilder records =
                recordPackage(ocids, base() + RECORDS + "?after=" + encoded(after) + "&limit=" + limit);
        String last = ocids.get(ocids.size() - 1);
        if (!releases.processes(last, 1).isEmpty()) {
            records.add(
                    "links",
                    Json.createObjectBuilder()
                            .add("next", base() + RECORDS + "?after=" + encoded(last) + "&limit=" + limit));
        }
        return Optional.of(records.build());
    }

    /** What holds in a process after all its releases. */
    @PermitAll
    public JsonObject compiledOf(String ocid) {
        return ReleaseMerge.compiled(json(releases.of(ocid)));
    }

    /** Streams what holds in each process, one compiled release after the other. */
    @PermitAll
    public void eachCompiled(Consumer<JsonObject> reader) {
        List<Release> process = new ArrayList<>();
        releases.each(release -> {
            if (!process.isEmpty() && !process.get(0).ocid().equals(release.ocid())) {
                reader.accept(ReleaseMerge.compiled(json(process)));
                process.clear();
            }
            process.add(release);
        });
        if (!process.isEmpty()) {
            reader.accept(ReleaseMerge.compiled(json(process)));
        }
    }

    private JsonObjectBuilder releasePackage(List<Release> page, String uri) {
        JsonArrayBuilder content = Json.createArrayBuilder();
        json(page).forEach(content::add);
        List<OcdsImports.Origin> origins = imports.origins(ocids(page));
        return head(uri, newest(page), origins, page.stream().allMatch(r -> r.packageId() != null))
                .add("releases", content);
    }

    private JsonObjectBuilder recordPackage(List<String> ocids, String uri) {
        JsonArrayBuilder records = Json.createArrayBuilder();
        JsonArrayBuilder packages = Json.createArrayBuilder();
        Instant newest = Instant.EPOCH;
        boolean foreign = true;
        for (String ocid : ocids) {
            List<Release> all = releases.of(ocid);
            List<JsonObject> content = json(all);
            JsonArrayBuilder embedded = Json.createArrayBuilder();
            content.forEach(embedded::add);
            records.add(Json.createObjectBuilder()
                    .add("ocid", ocid)
                    .add("releases", embedded)
                    .add("compiledRelease", ReleaseMerge.compiled(content))
                    .add("versionedRelease", ReleaseMerge.versioned(content)));
            packages.add(base() + RELEASES + "?ocid=" + encoded(ocid));
            newest = newest.isAfter(newest(all)) ? newest : newest(all);
            foreign &= all.stream().allMatch(r -> r.packageId() != null);
        }
        return head(uri, newest, imports.origins(ocids), foreign)
                .add("packages", packages)
                .add("records", records);
    }

    /**
     * What stands before the releases. A package of nothing but one publisher's earlier releases keeps its name; what was imported is
     * listed in any case.
     */
    private JsonObjectBuilder head(String uri, Instant date, List<OcdsImports.Origin> origins, boolean foreign) {
        JsonObjectBuilder head = Json.createObjectBuilder()
                .add("uri", uri)
                .add("version", "1.1")
                .add("publishedDate", date.toString())
                .add(
                        "extensions",
                        Json.createArrayBuilder()
                                .add(EXTENSIONS + "ocds_lots_extension/master/extension.json")
                                .add(EXTENSIONS + "ocds_bid_extension/master/extension.json")
                                .add(EXTENSIONS + "ocds_enquiry_extension/master/extension.json"));
        boolean one = foreign
                && origins.stream()
                                .map(OcdsImports.Origin::publisher)
                                .distinct()
                                .count()
                        == 1;
        if (one) {
            OcdsImports.Origin origin = origins.get(0);
            head.add("publisher", parse(origin.publisher()));
            add(head, "license", origin.license());
            add(head, "publicationPolicy", origin.policy());
        } else {
            head.add(
                    "publisher",
                    Json.createObjectBuilder().add("name", "Yiqi 医器").add("uri", base()));
            head.add("license", "https://creativecommons.org/licenses/by/4.0/");
        }
        if (!origins.isEmpty()) {
            JsonArrayBuilder imported = Json.createArrayBuilder();
            origins.forEach(origin -> imported.add(Json.createObjectBuilder()
                    .add("ocid", origin.ocid())
                    .add("publisher", parse(origin.publisher()))
                    .add("importedAt", origin.importedAt().toString())));
            head.add("imported", imported);
        }
        return head;
    }

    private static void add(JsonObjectBuilder head, String name, String value) {
        if (!value.isEmpty()) {
            head.add(name, value);
        }
    }

    private static List<String> ocids(List<Release> page) {
        return page.stream().map(Release::ocid).distinct().toList();
    }

    private static Instant newest(List<Release> page) {
        return page.stream().map(Release::date).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private static List<JsonObject> json(List<Release> page) {
        return page.stream().map(release -> parse(release.json())).toList();
    }

    private String base() {
        return publicUrl.replaceAll("/+$", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

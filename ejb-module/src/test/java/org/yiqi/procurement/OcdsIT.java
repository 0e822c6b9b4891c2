package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class OcdsIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private final TestServices services = new TestServices(DB).with(String.class, "https://yiqi.example/");
    private final UUID hospital = organisation("HOSPITAL");
    private final UUID plan = approvedPlan();

    OcdsIT() {
        services.clock().set(START);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void everyChangeOfATenderIsAReleaseThatTheStandardsSchemaAccepts() throws Exception {
        TenderStory tender = new TenderStory();
        services.as(hospital, () -> run(() -> tenderReleases().on(new PlanApproved(plan))));
        tender.publish();
        services.as(hospital, () -> run(() -> tenderReleases().on(new TenderPublished(tender.id))));
        tender.answer();
        services.as(hospital, () -> run(() -> tenderReleases().on(new QuestionAnswered(tender.id, tender.question))));
        tender.amend();
        services.as(hospital, () -> run(() -> tenderReleases().on(new TenderAmended(tender.id))));
        services.as(hospital, () -> run(() -> tenderReleases().on(new TenderSealed(tender.id))));
        tender.cancel();
        services.as(hospital, () -> run(() -> tenderReleases().on(new TenderEnded(tender.id))));

        JsonObject all = anonymous(() -> packages().releasesOf(tender.ocid));
        assertEquals(
                List.of("planning", "tender", "tenderUpdate", "tenderAmendment", "tenderUpdate", "tenderCancellation"),
                all.getJsonArray("releases").getValuesAs(JsonObject.class).stream()
                        .map(r -> r.getJsonArray("tag").getString(0))
                        .toList());
        assertEquals(List.of(), OcdsSchema.releasePackage().problems(all.toString()));
        JsonObject record = anonymous(() -> packages().recordOf(tender.ocid));
        assertEquals(List.of(), OcdsSchema.recordPackage().problems(record.toString()));
        JsonObject now = record.getJsonArray("records").getJsonObject(0).getJsonObject("compiledRelease");
        JsonObject told = now.getJsonObject("tender");
        assertEquals("cancelled", told.getString("status"));
        assertEquals(2, told.getJsonArray("lots").size());
        JsonObject item = told.getJsonArray("items").getJsonObject(0);
        assertEquals("NMPA-2017", item.getJsonObject("classification").getString("scheme"));
        assertEquals("07", item.getJsonObject("classification").getString("id"));
        assertEquals(
                "MONITOR",
                item.getJsonArray("additionalClassifications").getJsonObject(0).getString("id"));
        assertEquals(2, told.getJsonArray("amendments").size());
        assertEquals(
                "HL7 over TLS", told.getJsonArray("enquiries").getJsonObject(0).getString("answer"));
        assertEquals("2026-12-29T01:00:00Z", told.getJsonObject("tenderPeriod").getString("endDate"));
        assertEquals(
                "2026-3", now.getJsonObject("planning").getJsonObject("budget").getString("id"));
        assertFalse(all.toString().contains(tender.asker.toString()));
    }

    @Test
    void whatHappenedBeforeThereWasOpenDataIsPublishedOnce() {
        TenderStory tender = new TenderStory();
        tender.publish();
        tender.answer();
        tender.amend();
        tender.cancel();
        for (int i = 0; i < 2; i++) {
            services.asScope(
                    Scope.SYSTEM,
                    () -> run(() -> {
                        tenderReleases().catchUpPlan(plan);
                        tenderReleases().catchUpTender(tender.id);
                    }));
        }
        assertEquals(
                List.of("planning", "tender", "tenderUpdate", "tenderAmendment", "tenderCancellation"),
                anonymous(() -> releases().of(tender.ocid)).stream()
                        .map(Release::tag)
                        .toList());
        assertFalse(services.asScope(Scope.SYSTEM, () -> tenderReleases().plansBehind())
                .contains(plan));
    }

    @Test
    void aSchemaThatIsBrokenIsNoticed() {
        TenderStory tender = new TenderStory();
        services.as(hospital, () -> releases()
                .publish(
                        tender.ocid,
                        hospital,
                        ReleaseTag.TENDER,
                        Json.createObjectBuilder()
                                .add("tender", Json.createObjectBuilder().add("status", "open"))
                                .build(),
                        Map.of()));
        JsonObject wrong = anonymous(() -> packages().releasesOf(tender.ocid));
        assertEquals(2, OcdsSchema.releasePackage().problems(wrong.toString()).size());
    }

    @Test
    void theStandardsFictionalTenderIsPublishedAgainAsItWas() throws IOException {
        JsonObject fictional = fictional("ocds-213czf-000-00001.json");
        OcdsImports.Outcome outcome = take(hospital, fictional.toString());
        assertEquals(List.of("ocds-213czf-000-00001"), outcome.ocids());
        assertEquals(6, outcome.imported());
        JsonObject again = anonymous(() -> packages().releasesOf("ocds-213czf-000-00001"));
        assertEquals(fictional.getJsonArray("releases"), again.getJsonArray("releases"));
        assertEquals(fictional.getJsonObject("publisher"), again.getJsonObject("publisher"));
        assertEquals(
                "ocds-213czf-000-00001",
                again.getJsonArray("imported").getJsonObject(0).getString("ocid"));
        assertEquals(List.of(), OcdsSchema.releasePackage().problems(again.toString()));

        JsonObject record = anonymous(() -> packages().recordOf("ocds-213czf-000-00001"))
                .getJsonArray("records")
                .getJsonObject(0);
        assertEquals(
                fictional("record/ocds-213czf-000-00001.json")
                        .getJsonArray("records")
                        .getJsonObject(0)
                        .getJsonObject("compiledRelease"),
                record.getJsonObject("compiledRelease"));
        assertEquals(
                fictional("record/ocds-213czf-000-00001-withversions.json")
                        .getJsonArray("records")
                        .getJsonObject(0)
                        .getJsonObject("versionedRelease"),
                record.getJsonObject("versionedRelease"));

        OcdsImports.Outcome twice = take(hospital, fictional.toString());
        assertEquals(0, twice.imported());
        assertEquals(6, twice.known());
        Conflict foreign = assertThrows(Conflict.class, () -> take(organisation("HOSPITAL"), fictional.toString()));
        assertEquals("procurement.process-foreign", foreign.code());
        Conflict changed = assertThrows(
                Conflict.class, () -> take(hospital, fictional.toString().replace("cycle lane", "railway")));
        assertEquals("procurement.release-known", changed.code());
    }

    @Test
    void aPackageThatCannotBeTakenIsRefusedNamingEachPlace() {
        assertEquals("procurement.package-invalid", refused("[1]").code());
        assertEquals("procurement.package-invalid", refused("{").code());
        RuleViolation refused = (RuleViolation) refused("""
                {"version":"1.0","publisher":{},"releases":[7,{"ocid":"ocds-yiqi00-P-1","id":"a","date":"yesterday",
                "tag":["tender","gossip"],"initiationType":"raffle"}]}""");
        assertEquals(
                Set.of(
                        "/version",
                        "/publisher/name",
                        "/releases/0",
                        "/releases/1/ocid",
                        "/releases/1/date",
                        "/releases/1/tag",
                        "/releases/1/initiationType"),
                Set.copyOf(refused.errors().stream().map(e -> e.pointer()).toList()));
    }

    @Test
    void aReaderWhoFollowsTheFeedMissesNoReleaseOfManyPublishers() throws Exception {
        long before = anonymous(() -> lastPosition());
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Long> read = new ArrayList<>();
        try {
            List<Future<String>> published = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String ocid = "ocds-yiqi00-F" + i % 5;
                published.add(pool.submit(() -> services.as(hospital, () -> releases()
                        .publish(
                                ocid,
                                hospital,
                                ReleaseTag.PLANNING,
                                Json.createObjectBuilder().build(),
                                Map.of()))));
            }
            long at = before;
            while (published.stream().anyMatch(f -> !f.isDone()) || at < anonymous(() -> lastPosition())) {
                long from = at;
                for (Release release : anonymous(() -> releases().after(from, 7))) {
                    read.add(release.position());
                    at = release.position();
                }
            }
            Set<String> ids = new java.util.HashSet<>();
            for (Future<String> one : published) {
                ids.add(one.get());
            }
            assertEquals(40, ids.size());
        } finally {
            pool.shutdown();
        }
        assertEquals(40, read.size());
        for (int i = 0; i < 5; i++) {
            String ocid = "ocds-yiqi00-F" + i;
            List<Release> all = anonymous(() -> releases().of(ocid));
            assertEquals(8, all.stream().map(Release::date).distinct().count());
        }
    }

    @Test
    void aReleaseThatIsOutIsNeitherChangedNorTakenBackNorMadeInAnothersName() {
        TenderStory tender = new TenderStory();
        services.as(hospital, () -> run(() -> tenderReleases().on(new PlanApproved(plan))));
        for (String change : List.of(
                "update procurement.ocds_release set ocid = 'x'",
                "delete from procurement.ocds_release",
                "update procurement.ocds_package set license = 'x'")) {
            assertThrows(
                    SQLException.class,
                    () -> DB.inScope(Scope.SYSTEM, c -> {
                        try (var s = c.createStatement()) {
                            return s.executeUpdate(change);
                        }
                    }));
        }
        UUID stranger = organisation("SUPPLIER");
        assertThrows(
                IllegalStateException.class,
                () -> services.as(stranger, () -> releases()
                        .publish(
                                tender.ocid,
                                hospital,
                                ReleaseTag.AWARD,
                                Json.createObjectBuilder().build(),
                                Map.of())));
        assertThrows(NotFound.class, () -> anonymous(() -> packages().releasesOf("ocds-none")));
    }

    private BusinessException refused(String json) {
        return assertThrows(BusinessException.class, () -> take(hospital, json));
    }

    private OcdsImports.Outcome take(UUID org, String json) {
        return services.as(org, () -> services.get(OcdsImports.class)
                .take(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }

    private long lastPosition() {
        long at = 0;
        List<Release> page = releases().after(at, Releases.MOST);
        while (!page.isEmpty()) {
            at = page.get(page.size() - 1).position();
            page = releases().after(at, Releases.MOST);
        }
        return at;
    }

    private Releases releases() {
        return services.get(Releases.class);
    }

    private OcdsPackages packages() {
        return services.get(OcdsPackages.class);
    }

    private TenderReleases tenderReleases() {
        return services.get(TenderReleases.class);
    }

    private static boolean run(Runnable work) {
        work.run();
        return true;
    }

    private <R> R anonymous(Callable<R> work) {
        return services.as(new YiqiPrincipal("nobody", Ids.next(), Ids.next(), Scope.ANONYMOUS, Set.of()), work);
    }

    private static JsonObject fictional(String name) throws IOException {
        String json = Files.readString(
                OcdsSchema.folder().resolve("fictional-example").resolve(name));
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private UUID approvedPlan() {
        UUID id = Ids.next();
        execute("""
                insert into procurement.plan(id, number, org_id, title, category, quantity, unit_minor, budget_line, budget_minor,
                  currency, specification, life_years, service_minor, running_minor, disposal_minor, state, made_by, made_at,
                  submitted_at, approved_at)
                values ('%s', 'P-%s', '%s', 'Monitors', 'MONITOR', 6, 3800000, '2026-3', 25000000, 'CNY', 'Bedside', 8, 0, 0, 0,
                  'APPROVED', '%s', now(), now(), now())""".formatted(id, id, hospital, Ids.next()));
        return id;
    }

    private static UUID organisation(String kind) {
        try {
            return DB.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String statement) {
        try (var c = DB.administrator();
                var s = c.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of one tender as the tenders' own services leave them, which their own tests show. */
    private final class TenderStory {
        private final UUID id = Ids.next();
        private final UUID question = Ids.next();
        private final UUID asker = Ids.next();
        private final String ocid = Ocid.ofPlan("P-" + plan);

        private TenderStory() {
            execute("""
                    insert into procurement.tender(id, number, ocid, org_id, plan_id, title, description, category, two_envelopes,
                      threshold, currency, enquiry_until, deadline, state, rules_of, made_by, made_at)
                    values ('%s', '%s', '%s', '%s', '%s', 'Patient monitors', 'For six beds', 'MONITOR', true, 2, 'CNY',
                      '2026-12-09T09:00:00Z', '2026-12-17T01:00:00Z', 'DRAFT', '2020-01-01', '%s', now());
                    insert into procurement.lot(tender_id, code, position, title, category, quantity, ceiling_minor) values
                      ('%s', 'A', 0, 'Monitors', 'MONITOR', 4, 16000000), ('%s', 'B', 1, 'Central station', 'MONITOR', 1, 6000050);
                    insert into procurement.tender_requirement(tender_id, position, lot, text, mandatory) values
                      ('%s', 0, 'A', 'Battery for two hours', true);
                    insert into procurement.criterion(tender_id, position, kind, title, weight) values
                      ('%s', 0, 'PRICE', 'Price', 60), ('%s', 1, 'QUALITY', 'Quality', 40);
                    insert into procurement.tender_document(id, tender_id, name, media_type, size, sha256, content, added_at) values
                      ('%s', '%s', 'Terms', 'application/pdf', 1, repeat('0', 64), 'x', now())""".formatted(id, id, ocid, hospital, plan, Ids.next(), id, id, id, id, id, Ids.next(), id));
        }

        private void publish() {
            execute(
                    "update procurement.tender set state = 'TENDERING', published_at = '2026-11-23T02:00:00Z' where id = '%s'"
                            .formatted(id));
        }

        private void answer() {
            execute("""
                    insert into procurement.question(id, tender_id, asker_org, lot, text, asked_at, answer, answered_at) values
                      ('%s', '%s', '%s', 'A', 'Which network?', now(), 'HL7 over TLS', now())""".formatted(question, id, asker));
        }

        private void amend() {
            execute("""
                    insert into procurement.amendment(tender_id, number, text, substantial, old_deadline, new_deadline, signed_at) values
                      ('%s', 1, 'Longer cable', true, '2026-12-17T01:00:00Z', '2026-12-29T01:00:00Z', '2026-11-24T01:00:00Z');
                    update procurement.tender set deadline = '2026-12-29T01:00:00Z' where id = '%s'""".formatted(id, id));
        }

        private void cancel() {
            execute("""
                    update procurement.tender set state = 'CANCELLED', ended_reason = 'BUDGET_GONE', ended_note = 'Cut',
                      ended_at = '2026-11-25T01:00:00Z' where id = '%s'""".formatted(id));
        }
    }
}

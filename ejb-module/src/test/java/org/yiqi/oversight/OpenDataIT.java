package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lowagie.text.pdf.PdfReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class OpenDataIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");

    @TempDir
    Path dataDir;

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID east = all.organisation("HOSPITAL");
    private final UUID west = all.organisation("HOSPITAL");
    private final String identifier =
            "0" + Ids.next().toString().replace("-", "").substring(19);
    /** Somebody without any right, as the public is. */
    private final YiqiPrincipal stranger =
            new YiqiPrincipal("stranger", Ids.next(), Ids.next(), Scope.MEMBER, Set.of());

    @BeforeEach
    void aLedgerThatHasBegun() throws SQLException {
        all.begin(dataDir);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void anybodyReadsARecallWithHowFarItCameAndNobodysName() throws SQLException {
        all.units(all.model(identifier), "L1", 4, east, west);
        RecallView recall = issue();
        all.services.as(
                RecallFixture.person(east, Scope.MEMBER, Roles.EQUIPMENT),
                () -> all.services.get(RecallNotices.class).receive(recall.id(), "In the store"));
        OpenRecall open = recall(DAY, DAY).get(0);
        assertEquals(4, open.units());
        assertEquals(4, open.held());
        assertEquals(2, open.told());
        assertEquals(1, open.confirmed());
        assertEquals(1, open.confirmedInTime());
        assertFalse(open.toString().contains(east.toString()));
        assertTrue(recall(DAY.plusDays(1), DAY.plusDays(2)).isEmpty());
    }

    @Test
    void aDecisionNamesWhatIsSanctionedAndNobodyElse() throws SQLException {
        decide(east, new CaseDecision(CaseDecision.Kind.RECTIFY, null, "Put it right", 10));
        UUID model = all.model(identifier);
        all.units(model, "", 2, west);
        UUID held = decide(
                west,
                model,
                new CaseDecision(CaseDecision.Kind.SANCTION, CaseDecision.Sanction.HOLD_MODEL, "A secret", 10));
        List<OpenDecision> open = all.services.as(
                stranger, () -> all.services.get(OpenData.class).decisions(new OpenPeriod(DAY, DAY.plusDays(30))));
        OpenDecision sanction = open.stream()
                .filter(d -> d.sanction().equals("HOLD_MODEL"))
                .findFirst()
                .orElseThrow();
        assertEquals("", sanction.concernedEn());
        assertFalse(sanction.nameEn().isEmpty());
        assertFalse(open.toString().contains("A secret"));
        assertEquals(all.text("select number from oversight.oversight_case where id = ?", held), sanction.number());
        assertTrue(open.stream()
                .filter(d -> d.decision().equals("RECTIFY"))
                .allMatch(d -> d.concernedEn().isEmpty() && d.concernedZh().isEmpty()));
    }

    @Test
    void adverseEventsAreFiguresByHarmAndClassWithWhetherTheirClocksWereKept() throws SQLException {
        UUID model = all.model(identifier);
        all.sql("update equipment.model set device_class = 'III' where id = ?", model);
        event(
                model,
                "now() - interval '1 day'",
                "timestamptz '2026-11-22T00:00:00Z'",
                "timestamptz '2026-11-21T00:00:00Z'");
        event(model, "now()", "timestamptz '2026-11-22T00:00:00Z'", "timestamptz '2026-11-23T00:00:00Z'");
        event(model, "now()", "timestamptz '2026-11-22T00:00:00Z'", "null");
        OpenAdverseEvents figures = all
                .services
                .as(stranger, () -> all.services
                        .get(OpenData.class)
                        .adverseEvents(new OpenPeriod(DAY.minusDays(3), DAY.plusDays(3))))
                .stream()
                .filter(e -> e.deviceClass().equals("III"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, figures.events());
        assertEquals(1, figures.inTime());
        assertEquals(1, figures.late());
        assertEquals(1, figures.overdue());
    }

    @Test
    void theReportSaysTheSameOnPaperInBothLanguages() throws Exception {
        all.units(all.model(identifier), "L1", 2, east);
        String number = issue().number();
        for (String language : List.of("zh", "en")) {
            byte[] pdf = all.services.as(
                    all.regulator, () -> all.services.get(OpenData.class).report(new OpenPeriod(DAY, DAY), language));
            PdfReader reader = new PdfReader(pdf);
            StringBuilder text = new StringBuilder();
            for (int page = 1; page <= reader.getNumberOfPages(); page++) {
                // The face has UCS-2 for its encoding: what is written are two bytes a character.
                text.append(new String(reader.getPageContent(page), StandardCharsets.ISO_8859_1).replace("\0", ""));
            }
            assertTrue(text.toString().contains(number), number);
        }
    }

    @Test
    void aPeriodHasAFirstAndALastDay() {
        RuleViolation refused = assertThrows(RuleViolation.class, () -> recall(DAY, DAY.minusDays(1)));
        assertEquals("/to", refused.errors().get(0).pointer());
        assertThrows(RuleViolation.class, () -> recall(LocalDate.MIN, LocalDate.MAX));
        assertThrows(RuleViolation.class, () -> recall(DAY, DAY.plusYears(11)));
    }

    private void event(UUID model, String noted, String due, String done) throws SQLException {
        UUID id = Ids.next();
        all.sql(
                "insert into oversight.adverse_event(id, org_id, unit_id, model_id, harm, happened_at, known_at, what, noted_at)"
                        + " values (?, ?, ?, ?, 'INJURY', timestamptz '2026-11-21T00:00:00Z', timestamptz '2026-11-21T00:00:00Z', 'x', "
                        + noted
                        + ")",
                id,
                east,
                Ids.next(),
                model);
        all.sql(
                "insert into oversight.adverse_duty(event_id, duty, due_at, red_at, done_at, answer) values (?, 'REPORT', "
                        + due + ", " + due + ", " + done + ", " + (done.equals("null") ? "''" : "'Reported'") + ")",
                id);
    }

    private UUID decide(UUID concerned, CaseDecision decision) {
        return decide(concerned, null, decision);
    }

    private UUID decide(UUID concerned, @Nullable UUID model, CaseDecision decision) {
        CaseWork work = all.services.get(CaseWork.class);
        CaseView view = all.services.as(
                all.regulator, () -> work.open(new OpenCase("AUDIT", "Checks", "Why", concerned, model, false)));
        for (CaseStage stage : List.of(CaseStage.SCOPED, CaseStage.QUERY, CaseStage.FINDING, CaseStage.RESPONSE)) {
            CaseView seen = view;
            view = all.services.as(all.regulator, () -> work.advance(seen.id(), seen.version(), stage, "Next"));
        }
        all.services.clock().set(all.services.clock().instant().plus(Duration.ofDays(11)));
        CaseView heard = view;
        all.services.as(all.regulator, () -> work.decide(heard.id(), heard.version(), decision));
        return heard.id();
    }

    private RecallView issue() {
        RecallScope scope = new RecallScope(null, identifier, "", "", "");
        return all.services.as(all.regulator, () -> all.services
                .get(Recalls.class)
                .issue(new IssueRecall("Pump stops", "The battery swells", RecallClass.II, scope)));
    }

    private List<OpenRecall> recall(LocalDate from, LocalDate to) {
        return all
                .services
                .as(stranger, () -> all.services.get(OpenData.class).recalls(new OpenPeriod(from, to)))
                .stream()
                .filter(r -> r.deviceIdentifier().equals(identifier)
                        || r.deviceIdentifier().isEmpty())
                .toList();
    }
}

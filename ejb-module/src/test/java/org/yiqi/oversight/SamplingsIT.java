package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.evaluation.Draw;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class SamplingsIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final LocalDate DUE = LocalDate.parse("2026-12-31");

    @TempDir
    Path dataDir;

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID east = all.organisation("HOSPITAL");
    private final UUID west = all.organisation("HOSPITAL");
    /** A category of this test alone. */
    private final String category = "T" + Ids.next().toString().substring(24);

    @BeforeEach
    void aLedgerThatHasBegun() throws SQLException {
        all.begin(dataDir);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void theSizeOfTheSampleFollowsFromThePopulationByClassOfRisk() throws SQLException {
        fill("III", 100);
        fill("II", 100);
        fill("I", 100);
        List<SamplingStratum> strata = strata(plan("I", "II", "III"));
        assertEquals(
                List.of(8, 20, 32),
                strata.stream().map(SamplingStratum::sampleSize).toList());
        assertEquals(
                List.of(100, 100, 100),
                strata.stream().map(SamplingStratum::population).toList());
    }

    @Test
    void ofFewDevicesAllAreInspectedAndOneThatIsGoneIsNone() throws SQLException {
        UUID model = fill("III", 3);
        all.sql("update equipment.unit set status = 'DISPOSED' where model_id = ? and serial = 'SN-1'", model);
        assertEquals(2, strata(plan("III")).get(0).sampleSize());
    }

    @Test
    void whoeverHasTheSeedDrawsTheSameAndItsDigestWasKnownBefore() throws SQLException {
        fill("II", 60);
        SamplingView planned = plan("II");
        assertEquals("", planned.seed());
        SamplingView drawn = draw(planned);
        byte[] seed = HexFormat.of().parseHex(drawn.seed());
        assertEquals(planned.commitment(), Draw.commitment(seed));
        SamplingStratum stratum = strata(drawn).get(0);
        assertEquals(13, stratum.sampleSize());
        List<UUID> again = Draw.order(seed, Draw.Purpose.SAMPLE, drawn.id(), "II index 3021.7", stratum.candidates())
                .subList(0, 13);
        assertEquals(again, samples(drawn).stream().map(SampleView::unitId).toList());
        assertEquals("0", all.text("select count(*) from oversight.sampling_secret where sampling_id = ?", drawn.id()));
    }

    @Test
    void aSampleIsDrawnOnceHoweverManyTryAtOnce() throws Exception {
        fill("II", 30);
        SamplingView planned = plan("II");
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            Callable<Boolean> attempt = () -> {
                try {
                    draw(planned);
                    return true;
                } catch (BusinessException e) {
                    return false;
                }
            };
            int drawn = 0;
            for (Future<Boolean> each : pool.invokeAll(List.of(attempt, attempt, attempt))) {
                drawn += each.get() ? 1 : 0;
            }
            assertEquals(1, drawn);
        } finally {
            pool.shutdownNow();
        }
        assertEquals(8, get(planned).samples());
    }

    @Test
    void aFindingIsWrittenDownAndACaseFollowsFromItOnce() throws SQLException {
        fill("III", 5);
        SamplingView drawn = draw(plan("III"));
        SampleView sample = samples(drawn).get(0);
        RuleViolation silent = assertThrows(RuleViolation.class, () -> inspect(drawn, sample, "FINDING", " "));
        assertEquals("/finding", silent.errors().get(0).pointer());
        assertThrows(RuleViolation.class, () -> inspect(drawn, sample, "FINE", ""));
        assertEquals(
                "oversight.sample-no-finding",
                assertThrows(Conflict.class, () -> openCase(drawn, sample)).code());
        inspect(drawn, sample, "FINDING", "No calibration label");
        CaseView opened = openCase(drawn, sample);
        assertEquals(sample.custodianId(), opened.concernedOrg());
        assertEquals(
                "oversight.sample-in-case",
                assertThrows(Conflict.class, () -> openCase(drawn, sample)).code());
        assertThrows(Conflict.class, () -> inspect(drawn, sample, "CONFORMS", ""));
        inspect(drawn, samples(drawn).get(1), "CONFORMS", "");
        SamplingView now = get(drawn);
        assertEquals(2, now.inspected());
        assertEquals(1, now.findings());
        assertEquals(1, now.cases());
    }

    @Test
    void nobodyButRegulatorsKnowsOfAnInspectionAndOnlyItsAuthorityWorksOnIt() throws SQLException {
        fill("III", 5);
        SamplingView planned = plan("III");
        assertEquals(
                0,
                all.services
                        .as(east, () -> all.services.get(Samplings.class).list(ListQuery.all()))
                        .items()
                        .size());
        YiqiPrincipal other =
                RecallFixture.person(all.organisation("REGULATOR"), Scope.REGULATOR, Roles.REGULATOR, Roles.SIGNATORY);
        assertEquals(
                "oversight.not-your-sampling",
                assertThrows(
                                NotPermitted.class,
                                () -> all.services.as(other, () -> all.services
                                        .get(Samplings.class)
                                        .draw(planned.id(), planned.version(), "x")))
                        .code());
    }

    @Test
    void aPlanNamesClassesAPlaceAndADay() throws SQLException {
        fill("III", 2);
        assertEquals("/classes", refused(new PlanSampling("t", "p", "", category, Set.of("IV"), DUE)));
        assertEquals("/region", refused(new PlanSampling("t", "p", "33x", category, Set.of("III"), DUE)));
        assertEquals("/dueOn", refused(new PlanSampling("t", "p", "", category, Set.of("III"), DUE.minusYears(1))));
        assertEquals("/classes", refused(new PlanSampling("t", "p", "11", category, Set.of("III"), DUE)));
        assertTrue(plan("III").population() == 2);
    }

    private String refused(PlanSampling plan) {
        return assertThrows(
                        RuleViolation.class,
                        () -> all.services.as(
                                all.regulator,
                                () -> all.services.get(Samplings.class).plan(plan)))
                .errors()
                .get(0)
                .pointer();
    }

    private UUID fill(String deviceClass, int count) throws SQLException {
        UUID model = all.model("0" + Ids.next().toString().replace("-", "").substring(19));
        all.sql("update equipment.model set device_class = ?, category = ? where id = ?", deviceClass, category, model);
        all.units(model, "", count, east, west);
        return model;
    }

    private SamplingView plan(String... classes) {
        return all.services.as(all.regulator, () -> all.services
                .get(Samplings.class)
                .plan(new PlanSampling("Pumps", "After complaints", "3301", category, Set.of(classes), DUE)));
    }

    private SamplingView draw(SamplingView plan) {
        return all.services.as(
                all.regulator, () -> all.services.get(Samplings.class).draw(plan.id(), plan.version(), "index 3021.7"));
    }

    private SamplingView get(SamplingView plan) {
        return all.services.as(
                all.regulator, () -> all.services.get(Samplings.class).get(plan.id()));
    }

    private List<SamplingStratum> strata(SamplingView plan) {
        return all.services.as(
                all.regulator, () -> all.services.get(Samplings.class).strata(plan.id()));
    }

    private List<SampleView> samples(SamplingView plan) {
        return all.services
                .as(all.regulator, () -> all.services.get(Samples.class).list(plan.id(), ListQuery.all()))
                .items();
    }

    private SampleView inspect(SamplingView plan, SampleView sample, String result, String finding) {
        return all.services.as(
                all.regulator, () -> all.services.get(Samples.class).inspect(plan.id(), sample.id(), result, finding));
    }

    private CaseView openCase(SamplingView plan, SampleView sample) {
        return all.services.as(
                all.regulator, () -> all.services.get(Samples.class).openCase(plan.id(), sample.id()));
    }
}

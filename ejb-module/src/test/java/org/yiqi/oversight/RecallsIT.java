package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.equipment.UnitsStopped;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class RecallsIT {

    private static final TestDatabase DB = TestDatabase.empty();

    @TempDir
    Path dataDir;

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID east = all.organisation("HOSPITAL");
    private final UUID west = all.organisation("HOSPITAL");
    private final YiqiPrincipal eastern = RecallFixture.person(east, Scope.MEMBER, Roles.EQUIPMENT);
    /** A product of this test alone. */
    private final String identifier =
            "0" + Ids.next().toString().replace("-", "").substring(19);

    @BeforeEach
    void aLedgerThatHasBegun() throws SQLException {
        all.begin(dataDir);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void aRecallOfALotHoldsItsUnitsAndTellsWhoeverHoldsThemAndNobodyElse() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "L1", 6, east, west);
        all.units(model, "L2", 4, east);
        RecallView recall = signed(issue(scope("L1", "", "")));
        assertEquals(6, recall.units());
        assertEquals(6, recall.held());
        assertEquals(6, recall.proposed());
        assertEquals(0, recall.refused());
        assertEquals(2, recall.notices());
        assertEquals(
                "6",
                all.text("select count(*) from equipment.unit where model_id = ? and status = 'QUARANTINED'", model));
        assertEquals(
                "6",
                all.text(
                        "select count(*) from ledger.act where reference = ? and type = 'hold.placed' and state = 'PENDING'",
                        recall.id()));
        all.begin(dataDir);
        assertEquals(
                "6",
                all.text("select count(*) from ledger.act where reference = ? and state = 'RECORDED'", recall.id()));
    }

    @Test
    void aRangeOfSerialNumbersCountsAsPeopleCount() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "", 12, east);
        RecallView recall = issue(scope("", "SN-9", "SN-11"));
        assertEquals(3, recall.units());
        assertEquals(
                Set.of("SN-9", "SN-10", "SN-11"),
                Set.copyOf(
                        all
                                .services
                                .as(all.regulator, () -> units().list(recall.id(), ListQuery.all()))
                                .items()
                                .stream()
                                .map(RecalledUnit::serial)
                                .toList()));
    }

    @Test
    void aPartThatIsFittedInAnotherDeviceIsFoundByWhatIsPrintedOnIt() throws SQLException {
        UUID host = all.unit(all.model("1" + identifier.substring(1)), "", west);
        all.fit(host, west, "(01)" + identifier + "(10)L7");
        all.fit(all.unit(all.model("2" + identifier.substring(1)), "", west), west, "(01)" + identifier + "(10)L8");
        RecallView recall = issue(scope("L7", "", ""));
        List<RecalledUnit> found = all.services
                .as(all.regulator, () -> units().list(recall.id(), ListQuery.all()))
                .items();
        assertEquals(List.of(host), found.stream().map(RecalledUnit::unitId).toList());
        assertEquals("PART", found.get(0).foundAs());
    }

    @Test
    void aUnitThatIsGoneIsFoundButNeitherHeldNorAskedOfItsLastHolder() throws SQLException {
        UUID model = all.model(identifier);
        UUID gone = all.unit(model, "", east);
        all.sql("update equipment.unit set status = 'DISPOSED', custodian_id = ? where id = ?", west, gone);
        RecallView recall = signed(issue(scope("", "", "")));
        assertEquals(1, recall.units());
        assertEquals(0, recall.held());
        assertEquals(
                List.of(east),
                noticesOf(recall).stream().map(RecallNotice::orgId).toList());
    }

    @Test
    void whoHasBookedAUnitIsToldAndTheBookingIsListed() throws SQLException {
        UUID model = all.model(identifier);
        UUID unit = all.unit(model, "", east);
        book(unit, east, west);
        RecallView recall = issue(scope("", "", ""));
        RecallNotice lessee = noticesOf(recall).stream()
                .filter(RecallNotice::asLessee)
                .findFirst()
                .orElseThrow();
        assertEquals(west, lessee.orgId());
        assertEquals(1, lessee.bookings());
        assertEquals(
                1,
                all.services
                        .as(all.regulator, () -> units().bookings(recall.id()))
                        .size());
        assertTrue(all.services.events().stream()
                .anyMatch(e -> e instanceof UnitsStopped s
                        && s.stopped()
                        && s.unitIds().contains(unit)));
    }

    @Test
    void theClassDecidesHowSoonANoticeIsDueAndOneWithoutReceiptIsOverdueFromThen() throws SQLException {
        all.units(all.model(identifier), "", 1, east);
        RecallView recall = issue(new IssueRecall("Pump", "Stops", RecallClass.I, scope("", "", "")));
        assertEquals(RecallFixture.NOW.plus(Duration.ofDays(1)), recall.noticeDue());
        all.services.clock().set(recall.noticeDue().plusSeconds(1));
        assertEquals(1, get(recall).overdue());
        all.services.as(eastern, () -> notices().receive(recall.id(), "All three stand in the store"));
        assertEquals(0, get(recall).overdue());
        assertEquals(1, get(recall).received());
        Conflict twice = assertThrows(
                Conflict.class, () -> all.services.as(eastern, () -> notices().receive(recall.id(), "Again")));
        assertEquals("oversight.notice-received", twice.code());
    }

    @Test
    void anOrganisationThatIsNotConcernedKnowsNothingOfARecallAndOneThatIsSeesItsOwnUnits() throws SQLException {
        all.units(all.model(identifier), "", 4, east, west);
        RecallView recall = issue(scope("", "", ""));
        UUID stranger = all.organisation("HOSPITAL");
        assertThrows(
                NotFound.class, () -> all.services.as(stranger, () -> recalls().get(recall.id())));
        assertEquals(
                2, all.services.as(eastern, () -> recalls().get(recall.id())).units());
        assertEquals(
                1,
                all.services
                        .as(eastern, () -> notices().list(ListQuery.all()))
                        .items()
                        .size());
    }

    @Test
    void aLiftedRecallSetsFreeWhatNothingElseStops() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "", 3, east);
        RecallView recall = signed(issue(scope("", "", "")));
        all.sql("""
                insert into equipment.hold(id, unit_id, kind, reason, reference_id, placed_at)
                select gen_random_uuid(), id, 'QUARANTINE', 'damage', gen_random_uuid(), now() from equipment.unit
                where model_id = ? and serial = 'SN-2'""", model);
        all.services.as(all.regulator, () -> recalls().lift(recall.id(), recall.version(), "Repaired"));
        RecallView lifted = signed(get(recall));
        assertFalse(lifted.isIssued());
        assertEquals(3, lifted.proposed());
        assertEquals(
                "2",
                all.text("select count(*) from equipment.unit where model_id = ? and status = 'AVAILABLE'", model));
        assertEquals(
                "QUARANTINED",
                all.text("select status from equipment.unit where model_id = ? and serial = 'SN-2'", model));
        all.begin(dataDir);
        assertEquals(
                "6",
                all.text("select count(*) from ledger.act where reference = ? and state = 'RECORDED'", recall.id()));
    }

    @Test
    void theSameIsRecalledOnceHoweverManyTryAtOnce() throws Exception {
        all.units(all.model(identifier), "", 20, east, west);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<String> attempt = () -> {
                try {
                    issue(scope("", "", ""));
                    return "issued";
                } catch (RuntimeException e) {
                    BusinessException refusal = DatabaseRefusals.in(e);
                    return refusal == null ? String.valueOf(e) : refusal.code();
                }
            };
            List<Future<String>> answers = pool.invokeAll(List.of(attempt, attempt, attempt, attempt));
            List<String> said = answers.stream().map(RecallsIT::answer).sorted().toList();
            assertEquals(
                    List.of("issued", "oversight.recall-stands", "oversight.recall-stands", "oversight.recall-stands"),
                    said);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aUnitThatTheLedgerDoesNotKnowIsHeldAllTheSameAndItsActIsRefusedBesideTheOthers() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "", 2, east);
        all.sql(
                "delete from ledger.state where key = (select 'unit/' || id from equipment.unit where model_id = ? and serial = 'SN-1')",
                model);
        RecallView recall = signed(issue(scope("", "", "")));
        assertEquals(2, recall.held());
        assertEquals(1, recall.proposed());
        assertEquals(1, recall.refused());
    }

    @Test
    void whatIsRecalledIsNamedAndFoundAndSignedFor() throws SQLException {
        all.units(all.model(identifier), "", 1, east);
        assertEquals(
                "oversight.recall-finds-nothing",
                assertThrows(RuleViolation.class, () -> issue(scope("NO-SUCH-LOT", "", "")))
                        .code());
        RuleViolation half = assertThrows(RuleViolation.class, () -> issue(scope("", "SN-1", "")));
        assertEquals("/serialTo", half.errors().get(0).pointer());
        assertThrows(RuleViolation.class, () -> issue(new RecallScope(null, "%", "", "", "")));
        YiqiPrincipal clerk = RecallFixture.person(all.authority, Scope.REGULATOR, Roles.REGULATOR);
        assertEquals(
                "oversight.signatory-needed",
                assertThrows(
                                NotPermitted.class,
                                () -> all.services.as(clerk, () -> recalls()
                                        .issue(new IssueRecall("x", "y", RecallClass.III, scope("", "", "")))))
                        .code());
    }

    @Test
    @Tag("long")
    void aLotOfFiveThousandAmongAHundredThousandIsHeldToldAndSignedWithinAMinute() throws SQLException {
        UUID model = all.model(identifier);
        UUID[] owners = new UUID[100];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = all.organisation("HOSPITAL");
        }
        all.units(model, "L-A", 5_000, owners);
        all.units(model, "L-B", 95_000, owners);
        all.sql("analyze");
        long began = System.nanoTime();
        RecallView issued = issue(scope("L-A", "", ""));
        Duration held = Duration.ofNanos(System.nanoTime() - began);
        RecallView signed = signed(issued);
        Duration whole = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf("recall: 5000 of 100000 held and 100 notices out in %s, signed in %s%n", held, whole);
        assertEquals(5_000, signed.held());
        assertEquals(5_000, signed.proposed());
        assertEquals(100, signed.notices());
        assertTrue(whole.compareTo(Duration.ofSeconds(60)) < 0, "it took " + whole);
    }

    private static String answer(Future<String> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private RecallScope scope(String lot, String from, String to) {
        return new RecallScope(null, identifier, lot, from, to);
    }

    private RecallView issue(RecallScope scope) {
        return issue(new IssueRecall("Pump stops", "The battery swells", RecallClass.II, scope));
    }

    private RecallView issue(IssueRecall recall) {
        return all.services.as(all.regulator, () -> recalls().issue(recall));
    }

    private RecallView signed(RecallView recall) {
        boolean more = true;
        while (more) {
            more = all.services.as(all.regulator, () -> recalls().sign(recall.id(), false));
        }
        return get(recall);
    }

    private RecallView get(RecallView recall) {
        return all.services.as(all.regulator, () -> recalls().get(recall.id()));
    }

    private List<RecallNotice> noticesOf(RecallView recall) {
        return all.services
                .as(all.regulator, () -> notices()
                        .list(ListQuery.all().where("recall", recall.id().toString())))
                .items();
    }

    private Recalls recalls() {
        return all.services.get(Recalls.class);
    }

    private RecalledUnits units() {
        return all.services.get(RecalledUnits.class);
    }

    private RecallNotices notices() {
        return all.services.get(RecallNotices.class);
    }

    private void book(UUID unit, UUID owner, UUID lessee) throws SQLException {
        UUID tariff = Ids.next();
        UUID offer = Ids.next();
        all.sql("insert into rental.tariff values (?, ?, 'T', 1, 'CNY', 100, 0, now())", tariff, owner);
        all.sql("""
                insert into rental.offer(id, owner_org, owner_zh, owner_en, unit_id, unit_zh, unit_en, category, capability, region_code,
                  tariff_id, state, open_minute, close_minute, buffer_before, buffer_after, notice_hours, transport, transport_fee, transport_per_km, created_at)
                values (?, ?, 'a', 'a', ?, 'u', 'u', 'PUMP', '', '330100', ?, 'PUBLISHED', 0, 1440, 0, 0, 0, 'OWNER', 0, 0, now())""", offer, owner, unit, tariff);
        all.sql("""
                insert into rental.rental(id, number, state, offer_id, tariff_id, unit_id, unit_zh, unit_en, owner_org, owner_zh, owner_en,
                  lessee_org, lessee_zh, lessee_en, applicant, from_at, to_at, reserved_from, reserved_to, place, purpose, planned_uses,
                  transport_cost, quoted, currency, created_at)
                values (?, ?, 'APPROVED', ?, ?, ?, 'u', 'u', ?, 'a', 'a', ?, 'b', 'b', ?, '2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z',
                  '2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', 'ward', 'use', 1, 0, 100, 'CNY', now())""", Ids.next(), Ids.next().toString(), offer, tariff, unit, owner, lessee, Ids.next());
    }
}

package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.TenderStanding;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class TendersIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");
    /** Thursday, 23 days on. */
    private static final Instant DEADLINE = Instant.parse("2026-12-17T01:00:00Z");

    @TempDir
    Path dataDir;

    private final TestServices services = new TestServices(DB);
    private final LedgerFixture ledger = new LedgerFixture(DB, services.clock()).addFounders();
    private final UUID hospital = organisation("HOSPITAL");
    private final UUID supplier = organisation("SUPPLIER");
    private final List<UUID> openers =
            List.of(organisation("HOSPITAL"), organisation("SERVICE"), organisation("HOSPITAL"));

    TendersIT() {
        ledger.wire(services);
        services.clock().set(START);
        services.get(Tenders.class).nameConstraints();
    }

    @BeforeEach
    void aLedgerThatHasBegun() throws SQLException {
        ledger.relayAll(dataDir);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void aPlanIsPutOutToTenderOnce() {
        UUID plan = approvedPlanOf(hospital);
        TenderView tender = services.as(hospital, () -> tenders().create(terms(plan)));
        IllegalStateException again = assertThrows(
                IllegalStateException.class,
                () -> services.as(hospital, () -> tenders().create(terms(plan))));
        assertEquals("procurement.plan-tendered", refusalOf(again));
        services.as(hospital, () -> closing().cancel(tender.id(), tender.version(), EndReason.NEED_GONE, "Moved"));
        services.as(hospital, () -> tenders().create(terms(plan)));
    }

    @Test
    void aTenderThatDoesNotFitItsPlanOrTheLawIsRefusedNamingEachField() {
        UUID plan = approvedPlanOf(hospital);
        TenderTerms wrong = new TenderTerms(
                plan,
                "",
                "x",
                false,
                1,
                DEADLINE,
                DEADLINE,
                List.of(new Lot("A", "Monitors", "MONITOR", 9, Money.cny("999999"))),
                List.of(new Requirement("B", "Battery", true)),
                List.of(
                        new Criterion(Criterion.Kind.PRICE, "Price", 20),
                        new Criterion(Criterion.Kind.QUALITY, "Quality", 70)),
                List.of(openers.get(0), openers.get(0), organisation("PLATFORM")));
        RuleViolation refused = assertThrows(
                RuleViolation.class, () -> services.as(hospital, () -> tenders().create(wrong)));
        Set<String> fields = new HashSet<>();
        refused.errors().forEach(e -> fields.add(e.pointer()));
        assertEquals(
                Set.of(
                        "/title",
                        "/enquiryUntil",
                        "/lots",
                        "/requirements/0/lot",
                        "/criteria",
                        "/twoEnvelopes",
                        "/threshold",
                        "/openers",
                        "/openers/2"),
                fields);
    }

    @Test
    void aTenderIsPublicOnceTheBuyerAndEveryOpenerHaveSigned() {
        TenderView tender = withKeys();
        assertThrows(NotFound.class, () -> services.as(supplier, () -> tenders().get(tender.id())));
        TenderView signing = services.as(hospital, () -> publication().publish(tender.id(), tender.version()));
        assertEquals(TenderState.SIGNING, signing.state());
        for (UUID opener : openers) {
            assertThrows(NotFound.class, () -> anonymous(() -> tenders().notice(tender.id())));
            sign(opener, signing);
        }
        TenderView published = anonymous(() -> tenders().notice(tender.id()));
        assertEquals(TenderState.TENDERING, published.state());
        assertTrue(published.termsDigest().matches("[0-9a-f]{64}"));
        assertEquals(
                List.of(tender.id()),
                anonymous(() -> tenders().published(ListQuery.all().where("buyer", hospital.toString())))
                        .items()
                        .stream()
                        .map(TenderRow::id)
                        .toList());
    }

    @Test
    void aTenderIsNotSignedBeforeEveryOpenerHasAKey() {
        TenderView draft = draft();
        Conflict early = assertThrows(
                Conflict.class, () -> services.as(hospital, () -> publication().publish(draft.id(), draft.version())));
        assertEquals("procurement.keys-missing", early.code());
    }

    @Test
    void anOpenerProvesItsKeyForThisTenderAndThisEnvelope() {
        TenderView draft = draft();
        UUID opener = openers.get(0);
        KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        String ofPrice = proof(draft.id(), opener, Envelope.PRICE, pair);
        RuleViolation moved =
                assertThrows(RuleViolation.class, () -> register(draft, opener, Envelope.TECHNICAL, pair, ofPrice));
        assertEquals("procurement.key-invalid", moved.code());
        assertThrows(NotPermitted.class, () -> register(draft, hospital, Envelope.PRICE, pair, ofPrice));
        register(draft, opener, Envelope.PRICE, pair, ofPrice);
        IllegalStateException both = assertThrows(
                IllegalStateException.class,
                () -> register(
                        draft, opener, Envelope.TECHNICAL, pair, proof(draft.id(), opener, Envelope.TECHNICAL, pair)));
        assertEquals("procurement.key-known", refusalOf(both));
    }

    @Test
    void aDeadlineLeavesTwentyDaysAndIsAWorkingDay() {
        TenderView tender = withKeys();
        services.clock().set(Instant.parse("2026-11-28T02:00:00Z"));
        RuleViolation shortly = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> publication().publish(tender.id(), tender.version())));
        assertEquals("procurement.window-short", shortly.code());
        assertTrue(shortly.errors().get(0).rule().contains("2026-12-18"));
        services.clock().set(START);
        TenderView sunday = services.as(hospital, () -> tenders()
                .change(tender.id(), tender.version(), terms(tender.terms().planId(), "2026-12-20T01:00:00Z")));
        RuleViolation rest = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> publication().publish(sunday.id(), sunday.version())));
        assertEquals("procurement.deadline-rest-day", rest.code());
        assertTrue(rest.errors().get(0).rule().contains("2026-12-21"));
    }

    @Test
    void aQuestionIsReadByAllOnceItIsAnsweredAndNobodyLearnsWhoAsked() {
        TenderView tender = published();
        QuestionView asked = services.as(supplier, () -> questions().ask(tender.id(), "A", "Which network?"));
        UUID rival = organisation("SUPPLIER");
        assertEquals(List.of(), services.as(rival, () -> questions().of(tender.id())));
        assertThrows(
                NotPermitted.class,
                () -> services.as(rival, () -> questions().answer(tender.id(), asked.id(), asked.version(), "None")));
        services.as(hospital, () -> questions().answer(tender.id(), asked.id(), asked.version(), "HL7 over TLS"));
        assertEquals(
                List.of("HL7 over TLS"),
                anonymous(() -> questions().of(tender.id())).stream()
                        .map(QuestionView::answer)
                        .toList());
        services.clock().set(tender.terms().enquiryUntil().plusSeconds(1));
        Conflict late = assertThrows(
                Conflict.class, () -> services.as(supplier, () -> questions().ask(tender.id(), null, "Late?")));
        assertEquals("procurement.enquiry-over", late.code());
    }

    @Test
    void anAmendmentThatBearsOnBidsLeavesFifteenDaysAndChangesTheTerms() {
        TenderView tender = published();
        services.clock().set(Instant.parse("2026-12-14T02:00:00Z"));
        RuleViolation shortly = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> amendments()
                        .amend(tender.id(), tender.version(), "Longer cable", true, DEADLINE)));
        assertEquals("procurement.window-short", shortly.code());
        Instant later = Instant.parse("2026-12-29T01:00:00Z");
        services.as(hospital, () -> amendments().amend(tender.id(), tender.version(), "Longer cable", true, later));
        deliver(hospital);
        TenderView amended = anonymous(() -> tenders().notice(tender.id()));
        assertEquals(later, amended.terms().deadline());
        assertNotEquals(tender.termsDigest(), amended.termsDigest());
        assertEquals(
                List.of("Longer cable"),
                anonymous(() -> amendments().of(tender.id())).stream()
                        .map(AmendmentView::text)
                        .toList());
        assertTrue(services.events().contains(new TenderAmended(tender.id())));
    }

    @Test
    void ofTwoAmendmentsAtOnceOneIsMade() throws Exception {
        TenderView tender = published();
        Instant later = Instant.parse("2026-12-29T01:00:00Z");
        int made = 0;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<TenderView>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(pool.submit(() -> services.as(
                        hospital, () -> amendments().amend(tender.id(), tender.version(), "Change", true, later))));
            }
            for (Future<TenderView> one : both) {
                try {
                    one.get();
                    made++;
                } catch (ExecutionException e) {
                    assertNotEquals("", refusalOf(e.getCause()));
                }
            }
        } finally {
            pool.shutdown();
        }
        assertEquals(1, made);
        assertEquals(1, anonymous(() -> amendments().of(tender.id())).size());
    }

    @Test
    void aTenderIsClosedOnTheLedgerTenMinutesAfterItsDeadlineAndNotBefore() throws SQLException {
        TenderView tender = published();
        ledger.relayAll(dataDir);
        services.clock().set(DEADLINE.plus(Duration.ofMinutes(9)));
        Conflict early = assertThrows(
                Conflict.class, () -> services.as(hospital, () -> closing().close(tender.id(), tender.version())));
        assertEquals("procurement.too-early", early.code());
        services.clock().set(DEADLINE.plus(Duration.ofMinutes(10)));
        services.as(hospital, () -> closing().close(tender.id(), tender.version()));
        deliver(hospital);
        assertEquals(
                TenderState.SEALED,
                anonymous(() -> tenders().notice(tender.id())).state());
        ledger.relayAll(dataDir);
        TenderStanding standing = DB.inScope(
                Scope.SYSTEM, c -> LedgerReader.tender(c, tender.id()).orElseThrow());
        assertTrue(standing.closed());
        assertEquals(Set.copyOf(openers), Set.copyOf(standing.openers()));
    }

    @Test
    void aPublishedTenderEndsWithAReasonThatAllRead() throws SQLException {
        TenderView tender = published();
        RuleViolation bare = assertThrows(
                RuleViolation.class,
                () -> services.as(
                        hospital, () -> closing().cancel(tender.id(), tender.version(), EndReason.ALL_REJECTED, "")));
        assertEquals(
                List.of("/reason", "/note"),
                bare.errors().stream().map(e -> e.pointer()).toList());
        services.as(hospital, () -> closing().cancel(tender.id(), tender.version(), EndReason.BUDGET_GONE, "Cut"));
        deliver(hospital);
        TenderView ended = anonymous(() -> tenders().notice(tender.id()));
        assertEquals("BUDGET_GONE", ended.endedReason());
        ledger.relayAll(dataDir);
        assertFalse(DB.inScope(
                        Scope.SYSTEM, c -> LedgerReader.tender(c, tender.id()).orElseThrow())
                .awards()
                .isEmpty());
    }

    @Test
    void onlyItsBuyerMovesATenderOn() {
        TenderView tender = published();
        for (UUID other : List.of(openers.get(0), supplier)) {
            NotPermitted refused = assertThrows(
                    NotPermitted.class,
                    () -> services.as(
                            other, () -> closing().cancel(tender.id(), tender.version(), EndReason.NEED_GONE, "Mine")));
            assertEquals("procurement.not-your-tender", refused.code());
        }
    }

    private TenderView draft() {
        return services.as(hospital, () -> tenders().create(terms(approvedPlanOf(hospital))));
    }

    private TenderView withKeys() {
        TenderView draft = draft();
        for (UUID opener : openers) {
            for (Envelope envelope : Envelope.values()) {
                KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
                register(draft, opener, envelope, pair, proof(draft.id(), opener, envelope, pair));
            }
        }
        return services.as(hospital, () -> tenders().get(draft.id()));
    }

    private TenderView published() {
        TenderView tender = withKeys();
        TenderView signing = services.as(hospital, () -> publication().publish(tender.id(), tender.version()));
        openers.forEach(opener -> sign(opener, signing));
        return services.as(hospital, () -> tenders().get(tender.id()));
    }

    private void sign(UUID opener, TenderView signing) {
        UUID act = signing.pendingAct();
        services.as(opener, () -> {
            services.get(Acts.class).sign(act);
            return true;
        });
        deliver(opener);
    }

    /** What the container would have told the observers in the same transaction. */
    private void deliver(UUID org) {
        List<Object> fired = new ArrayList<>(services.events());
        services.events().clear();
        for (Object event : fired) {
            if (event instanceof ActCompleted completed) {
                services.as(org, () -> {
                    publication().on(completed);
                    amendments().on(completed);
                    closing().on(completed);
                    return true;
                });
            }
        }
    }

    private TenderView register(TenderView draft, UUID opener, Envelope envelope, KeyPair pair, String proof) {
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        return services.as(opener, () -> publication().registerKey(draft.id(), envelope, key, proof));
    }

    private static String proof(UUID tender, UUID opener, Envelope envelope, KeyPair pair) {
        byte[] signature = SignatureAlgorithm.SM2_SM3.sign(
                pair.getPrivate().getEncoded(), TenderStanding.openersProof(tender, opener, envelope.name()));
        return Base64.getEncoder().encodeToString(signature);
    }

    private <R> R anonymous(Callable<R> work) {
        return services.as(new YiqiPrincipal("nobody", Ids.next(), Ids.next(), Scope.ANONYMOUS, Set.of()), work);
    }

    private static UUID approvedPlanOf(UUID org) {
        UUID id = Ids.next();
        try (var c = DB.administrator();
                var s = c.prepareStatement("""
                        insert into procurement.plan(id, number, org_id, title, category, quantity, unit_minor, budget_line, budget_minor,
                          currency, specification, life_years, service_minor, running_minor, disposal_minor, state, made_by, made_at,
                          submitted_at, approved_at)
                        values (?, ?, ?, 'Monitors', 'MONITOR', 6, 3800000, '2026-3', 25000000, 'CNY', 'Bedside', 8, 0, 0, 0, 'APPROVED',
                          ?, now(), now(), now())""")) {
            s.setObject(1, id);
            s.setString(2, "P-" + id);
            s.setObject(3, org);
            s.setObject(4, Ids.next());
            s.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TenderTerms terms(UUID plan) {
        return terms(plan, DEADLINE.toString());
    }

    private TenderTerms terms(UUID plan, String deadline) {
        return new TenderTerms(
                plan,
                "Patient monitors",
                "Bedside monitors for six beds",
                true,
                2,
                Instant.parse("2026-12-09T09:00:00Z"),
                Instant.parse(deadline),
                List.of(
                        new Lot("A", "Monitors", "MONITOR", 4, Money.cny("160000")),
                        new Lot("B", "Central station", "MONITOR", 1, Money.cny("60000"))),
                List.of(
                        new Requirement("A", "Battery for two hours", true),
                        new Requirement(null, "Chinese menus", true)),
                List.of(
                        new Criterion(Criterion.Kind.PRICE, "Price", 40),
                        new Criterion(Criterion.Kind.QUALITY, "Image of the curves", 60)),
                openers);
    }

    private static String refusalOf(Throwable thrown) {
        BusinessException refusal = DatabaseRefusals.in(thrown);
        return refusal == null ? "" : refusal.code();
    }

    private static UUID organisation(String kind) {
        try {
            return DB.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tenders tenders() {
        return services.get(Tenders.class);
    }

    private TenderPublication publication() {
        return services.get(TenderPublication.class);
    }

    private Questions questions() {
        return services.get(Questions.class);
    }

    private Amendments amendments() {
        return services.get(Amendments.class);
    }

    private TenderClosing closing() {
        return services.get(TenderClosing.class);
    }
}

package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.billing.Account;
import org.yiqi.billing.EntryView;
import org.yiqi.billing.Journal;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerFixture;
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

class ContractsIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    @TempDir
    Path dataDir;

    private final TestServices services = new TestServices(DB);
    private final LedgerFixture ledger = new LedgerFixture(DB, services.clock()).addFounders();
    private final UUID hospital = organisation("HOSPITAL");
    private final UUID supplier = organisation("SUPPLIER");
    private final UUID stranger = organisation("SUPPLIER");

    ContractsIT() {
        ledger.wire(services);
        services.clock().set(START);
        contracts().nameConstraints();
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
    void aContractHoldsOnceTheSupplierAndThenTheBuyerHaveSignedOneActWithTheDigestOfItsFile() {
        ContractView draft = draft();
        assertThrows(
                NotFound.class, () -> services.as(supplier, () -> contracts().get(draft.id())));
        ContractView offered = offered(draft);
        assertThrows(
                NotFound.class, () -> services.as(stranger, () -> contracts().get(draft.id())));
        ContractView signing = services.as(supplier, () -> signing().accept(draft.id(), offered.version()));
        assertEquals(ContractState.SIGNING, signing.state());
        assertEquals(List.of(hospital), services.as(hospital, () -> signing().missing(draft.id())));
        ContractView signed = signed(draft.id(), hospital);
        assertEquals(ContractState.EFFECTIVE, signed.state());
        ContractView.Revision revision = signed.revisions().get(0);
        ActView act = services.as(hospital, () -> services.get(Acts.class).get(revision.actId()));
        assertEquals("contract.signed", act.signed().act().type());
        assertNotEquals(ActState.WAITING_SIGNATURE, act.state());
        assertEquals(revision.sha256(), act.signed().act().evidence().get(0).digest());
        assertEquals(2, act.signed().signatures().size());
    }

    @Test
    void aFileWithOneByteAlteredIsNamedAsAlteredAndTheTrueOneAsSigned() {
        ContractView contract = effective();
        byte[] pdf = services.as(supplier, () -> signing().pdf(contract.id(), 1));
        assertTrue(new String(pdf, StandardCharsets.ISO_8859_1).startsWith("%PDF"));
        assertArrayEquals(pdf, services.as(hospital, () -> signing().pdf(contract.id(), 1)));
        ContractFile whole = anonymous(() -> signing().check(pdf));
        assertEquals(ContractFile.Verdict.SIGNED, whole.verdict());
        assertEquals(contract.number(), whole.number());
        assertEquals(Set.of(hospital, supplier), Set.of(whole.buyerId(), whole.supplierId()));
        byte[] altered = pdf.clone();
        altered[pdf.length / 2] ^= 1;
        ContractFile broken = anonymous(() -> signing().check(altered));
        assertEquals(ContractFile.Verdict.ALTERED, broken.verdict());
        assertEquals(contract.number(), broken.number());
        assertNull(broken.signedAt());
        ContractFile other = anonymous(() -> signing().check("%PDF-1.7 something".getBytes(StandardCharsets.UTF_8)));
        assertEquals(ContractFile.Verdict.UNKNOWN, other.verdict());
    }

    @Test
    void whatDoesNotFitThePlanOrTheLibraryIsRefusedNamingEachField() {
        UUID plan = approvedPlanOf(hospital, 6, 25_000_000);
        ContractTerms wrong = new ContractTerms(
                plan,
                organisation("HOSPITAL"),
                "",
                List.of(new ContractTerms.Item("", null, 7, Money.cny("10"))),
                LocalDate.parse("2026-11-22"),
                241,
                List.of("SUBJECT"),
                List.of(new ContractTerms.Milestone(MilestoneKind.DELIVERY, LocalDate.parse("2026-12-20"), 90)));
        RuleViolation refused = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> contracts().create(wrong)));
        Set<String> fields = new HashSet<>();
        refused.errors().forEach(e -> fields.add(e.pointer()));
        assertEquals(
                Set.of(
                        "/title",
                        "/supplierId",
                        "/items",
                        "/items/0/description",
                        "/deliveryBy",
                        "/warrantyMonths",
                        "/clauses",
                        "/milestones"),
                fields);
    }

    @Test
    void aPurchaseThatReachesTheThresholdNeedsATender() {
        UUID plan = approvedPlanOf(hospital, 6, 200_000_000);
        Conflict refused = assertThrows(
                Conflict.class, () -> services.as(hospital, () -> contracts().create(terms(plan, 5, "200000"))));
        assertEquals("procurement.tender-needed", refused.code());
        services.as(hospital, () -> contracts().create(terms(plan, 5, "199999.99")));
    }

    @Test
    void aPlanIsBoughtOnceUntilItsContractIsEnded() {
        ContractView first = draft();
        IllegalStateException again = assertThrows(
                IllegalStateException.class,
                () -> services.as(hospital, () -> contracts().create(terms(first.planId(), 5, "30000"))));
        assertEquals("procurement.plan-contracted", refusalOf(again));
        services.as(hospital, () -> signing().terminate(first.id(), first.version(), "The supplier is gone"));
        services.as(hospital, () -> contracts().create(terms(first.planId(), 5, "30000")));
    }

    @Test
    void nobodySignsAfterTheDaysThatTheLawGives() {
        ContractView offered = offered(draft());
        services.clock().set(Instant.parse("2026-12-24T02:00:00Z"));
        Conflict late = assertThrows(
                Conflict.class, () -> services.as(supplier, () -> signing().accept(offered.id(), offered.version())));
        assertEquals("procurement.sign-late", late.code());
    }

    @Test
    void onlyTheSupplierAcceptsAndOnlyTheBuyerChanges() {
        ContractView offered = offered(draft());
        assertThrows(
                NotPermitted.class,
                () -> services.as(hospital, () -> signing().accept(offered.id(), offered.version())));
        assertThrows(
                NotPermitted.class,
                () -> services.as(supplier, () -> contracts()
                        .change(offered.id(), offered.version(), terms(offered.planId(), 1, "1"))));
        ContractView changed = services.as(hospital, () -> contracts()
                .change(offered.id(), offered.version(), terms(offered.planId(), 4, "30000")));
        assertEquals(ContractState.DRAFTED, changed.state());
        assertThrows(
                NotFound.class, () -> services.as(supplier, () -> contracts().get(offered.id())));
    }

    @Test
    void twelvePercentMoreIsRefusedByTheRuleAndTenPercentIsSignedByBoth() {
        ContractView contract = effective();
        RuleViolation refused = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> signing()
                        .amend(contract.id(), contract.version(), Money.cny("168000"), "Two more")));
        assertEquals("procurement.amendment-limit", refused.code());
        assertTrue(refused.errors().get(0).rule().contains("165000.00"));
        ContractView asked = services.as(
                hospital, () -> signing().amend(contract.id(), contract.version(), Money.cny("165000"), "Stands"));
        assertEquals(ContractState.AMENDING, asked.state());
        assertEquals(Money.cny("150000"), asked.amount());
        ContractView amended = signed(contract.id(), supplier);
        assertEquals(ContractState.EFFECTIVE, amended.state());
        assertEquals(Money.cny("165000"), amended.amount());
        RuleViolation more = assertThrows(
                RuleViolation.class,
                () -> services.as(hospital, () -> signing()
                        .amend(contract.id(), amended.version(), Money.cny("165000.01"), "A cent")));
        assertEquals("procurement.amendment-limit", more.code());
        byte[] first = services.as(hospital, () -> signing().pdf(contract.id(), 1));
        assertFalse(anonymous(() -> signing().check(first)).latest());
    }

    @Test
    void theDatabaseRefusesAnAmountBeyondTheLimitWhateverTheCodeSays() {
        ContractView contract = effective();
        SQLException refused = assertThrows(
                SQLException.class,
                () -> DB.inScope(Scope.SYSTEM, c -> {
                    try (var s = c.prepareStatement(
                            "update procurement.contract set amount_minor = 16500001 where id = ?")) {
                        s.setObject(1, contract.id());
                        return s.executeUpdate();
                    }
                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("contract_within_limit"));
    }

    @Test
    void ofTwoSignaturesAtOnceOneDocumentIsMade() throws Exception {
        ContractView offered = offered(draft());
        int made = twice(() -> services.as(supplier, () -> signing().accept(offered.id(), offered.version())));
        assertEquals(1, made);
        assertEquals(
                1,
                services.as(hospital, () -> contracts().get(offered.id()))
                        .revisions()
                        .size());
    }

    @Test
    void aChangeThatIsNotSignedInTimeNeverHeld() {
        ContractView contract = effective();
        ContractView asked = services.as(
                hospital, () -> signing().amend(contract.id(), contract.version(), Money.cny("160000"), "More"));
        services.as(hospital, () -> {
            ActView act = services.get(Acts.class).get(asked.pendingAct());
            signing()
                    .on(new ActExpired(
                            act.id(),
                            act.signed().act().type(),
                            act.signed().act().subject(),
                            contract.id()));
            return true;
        });
        ContractView after = services.as(hospital, () -> contracts().get(contract.id()));
        assertEquals(ContractState.EFFECTIVE, after.state());
        assertEquals(Money.cny("150000"), after.amount());
        assertTrue(after.revisions().get(1).lapsed());
    }

    @Test
    void onlyAMetMilestoneIsPaidAndOnlyOnce() throws Exception {
        ContractView contract = effective();
        Conflict early = assertThrows(
                Conflict.class,
                () -> services.as(hospital, () -> milestones().pay(contract.id(), contract.version(), 1, "T1")));
        assertEquals("procurement.milestone-not-met", early.code());
        ContractView reported = services.as(
                supplier, () -> milestones().report(contract.id(), contract.version(), 1, "All five are there"));
        ContractView met = services.as(
                hospital, () -> milestones().decide(contract.id(), reported.version(), 1, MilestoneState.MET, ""));
        int paid = twice(() -> services.as(hospital, () -> milestones().pay(contract.id(), met.version(), 1, "T1")));
        assertEquals(1, paid);
        ContractView after = services.as(hospital, () -> contracts().get(contract.id()));
        assertEquals(Money.cny("49500"), after.milestones().get(0).paid());
        assertEquals(Set.of(Account.EQUIPMENT, Account.BANK), booked(hospital, supplier));
        assertEquals(Set.of(Account.BANK, Account.SALES_INCOME), booked(supplier, hospital));
        assertEquals(
                after.amount(),
                after.milestones()
                        .get(0)
                        .payable()
                        .plus(after.milestones().get(1).payable()));
    }

    @Test
    void theSupplierSaysWhenItExpectsAMilestoneAndTheBuyerWhatItCameTo() {
        ContractView contract = effective();
        ContractView late = services.as(supplier, () -> milestones()
                .expect(contract.id(), contract.version(), 1, LocalDate.parse("2026-12-27")));
        assertEquals(7, late.milestones().get(0).daysLate());
        Conflict unreported = assertThrows(
                Conflict.class,
                () -> services.as(
                        hospital, () -> milestones().decide(contract.id(), late.version(), 1, MilestoneState.MET, "")));
        assertEquals("procurement.milestone-state", unreported.code());
        services.clock().set(Instant.parse("2026-12-21T02:00:00Z"));
        ContractView missed = services.as(hospital, () -> milestones()
                .decide(contract.id(), late.version(), 1, MilestoneState.NOT_MET, "Nothing came"));
        assertEquals(MilestoneState.NOT_MET, missed.milestones().get(0).state());
    }

    @Test
    void anEndedContractStillPaysWhatWasMet() {
        ContractView contract = effective();
        ContractView reported =
                services.as(supplier, () -> milestones().report(contract.id(), contract.version(), 1, ""));
        ContractView met = services.as(
                hospital, () -> milestones().decide(contract.id(), reported.version(), 1, MilestoneState.MET, ""));
        ContractView ended =
                services.as(hospital, () -> signing().terminate(contract.id(), met.version(), "Insolvent"));
        ContractView paid = services.as(hospital, () -> milestones().pay(contract.id(), ended.version(), 1, "T9"));
        assertEquals(Money.cny("49500"), paid.milestones().get(0).paid());
        assertThrows(
                Conflict.class,
                () -> services.as(supplier, () -> milestones().report(contract.id(), paid.version(), 2, "")));
    }

    @Test
    void aListShowsTheContractsOfBothSidesAndOfNobodyElse() {
        ContractView contract = offered(draft());
        for (UUID side : List.of(hospital, supplier)) {
            assertEquals(
                    List.of(contract.id()),
                    services.as(side, () -> contracts().list(ListQuery.all())).items().stream()
                            .map(ContractRow::id)
                            .toList());
        }
        assertEquals(
                List.of(),
                services.as(stranger, () -> contracts().list(ListQuery.all())).items());
    }

    /** The accounts that the one entry of a book about another organisation moves. */
    private Set<Account> booked(UUID book, UUID other) {
        List<EntryView> entries = services.as(book, () -> services.get(Journal.class)
                        .list(ListQuery.all()
                                .where("reason", "CONTRACT_PAYMENT")
                                .where("counterparty", other.toString())))
                .items();
        assertEquals(1, entries.size());
        return entries.get(0).postings().stream()
                .map(EntryView.Posting::account)
                .collect(Collectors.toSet());
    }

    private ContractView draft() {
        return services.as(
                hospital, () -> contracts().create(terms(approvedPlanOf(hospital, 6, 25_000_000), 5, "30000")));
    }

    private ContractView offered(ContractView draft) {
        return services.as(hospital, () -> contracts().offer(draft.id(), draft.version()));
    }

    private ContractView effective() {
        ContractView offered = offered(draft());
        services.as(supplier, () -> signing().accept(offered.id(), offered.version()));
        return signed(offered.id(), hospital);
    }

    private ContractView signed(UUID id, UUID by) {
        services.as(by, () -> signing().sign(id));
        deliver(by);
        return services.as(by, () -> contracts().get(id));
    }

    /** What the container would have told the observers in the same transaction. */
    private void deliver(UUID org) {
        List<Object> fired = new ArrayList<>(services.events());
        services.events().clear();
        for (Object event : fired) {
            if (event instanceof ActCompleted completed) {
                services.as(org, () -> {
                    signing().on(completed);
                    return true;
                });
            }
        }
    }

    private static int twice(Callable<ContractView> work) throws Exception {
        int made = 0;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (Future<ContractView> one : pool.invokeAll(List.of(work, work))) {
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
        return made;
    }

    private ContractTerms terms(UUID plan, int quantity, String price) {
        return new ContractTerms(
                plan,
                supplier,
                "Patient monitors",
                List.of(new ContractTerms.Item("Bedside monitor", null, quantity, Money.cny(price))),
                LocalDate.parse("2026-12-20"),
                24,
                List.of("LATE"),
                List.of(
                        new ContractTerms.Milestone(MilestoneKind.DELIVERY, LocalDate.parse("2026-12-20"), 33),
                        new ContractTerms.Milestone(MilestoneKind.ACCEPTANCE, LocalDate.parse("2027-01-20"), 67)));
    }

    private <R> R anonymous(Callable<R> work) {
        return services.as(new YiqiPrincipal("nobody", Ids.next(), Ids.next(), Scope.ANONYMOUS, Set.of()), work);
    }

    private static UUID approvedPlanOf(UUID org, int quantity, long budget) {
        UUID id = Ids.next();
        try (var c = DB.administrator();
                var s = c.prepareStatement("""
                        insert into procurement.plan(id, number, org_id, title, category, quantity, unit_minor, budget_line, budget_minor,
                          currency, specification, life_years, service_minor, running_minor, disposal_minor, state, made_by, made_at,
                          submitted_at, approved_at)
                        values (?, ?, ?, 'Monitors', 'MONITOR', ?, 3800000, '2026-3', ?, 'CNY', 'Bedside', 8, 0, 0, 0, 'APPROVED',
                          ?, now(), now(), now())""")) {
            s.setObject(1, id);
            s.setString(2, "P-" + id);
            s.setObject(3, org);
            s.setInt(4, quantity);
            s.setLong(5, budget);
            s.setObject(6, Ids.next());
            s.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String refusalOf(Throwable thrown) {
        if (thrown instanceof BusinessException refusal) {
            return refusal.code();
        }
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

    private Contracts contracts() {
        return services.get(Contracts.class);
    }

    private ContractSigning signing() {
        return services.get(ContractSigning.class);
    }

    private ContractMilestones milestones() {
        return services.get(ContractMilestones.class);
    }
}

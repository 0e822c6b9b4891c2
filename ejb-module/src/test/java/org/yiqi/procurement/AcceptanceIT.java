package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.yiqi.contract.Act;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.Models;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.oversight.TraceView;
import org.yiqi.oversight.Traces;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
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

class AcceptanceIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private static final String IDENTIFIER = "06901234567892";
    private static final Map<String, BigDecimal> GOOD = Map.of(
            "EARTH", new BigDecimal("0.12"),
            "LEAKAGE", new BigDecimal("80"),
            "MAINS", new BigDecimal("221"),
            "HEART_RATE", new BigDecimal("-1"),
            "SPO2", new BigDecimal("2"));

    @TempDir
    Path dataDir;

    private final TestServices services = new TestServices(DB);
    private final LedgerFixture ledger = new LedgerFixture(DB, services.clock()).addFounders();
    private final UUID hospital = organisation("HOSPITAL");
    private final UUID supplier = organisation("SUPPLIER");
    private final YiqiPrincipal technician = person(Roles.EQUIPMENT);
    private final YiqiPrincipal nurse = person(Roles.CLINICAL);
    private final YiqiPrincipal accountant = person(Roles.FINANCE);

    AcceptanceIT() {
        ledger.wire(services.with(String.class, "local").with(int.class, 500));
        services.clock().set(START);
        contracts().nameConstraints();
        deliveries().nameConstraints();
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
    void ofTenDevicesNineThatPassAreAcceptedAndTheTenthStaysWithTheSupplier() {
        ContractView contract = effective(10);
        for (int i = 1; i <= 10; i++) {
            deliver(contract, "T" + contract.number() + i);
        }
        DeliveryView delivered = of(contract);
        for (DeliveryView.Unit unit : delivered.units().subList(0, 9)) {
            judge(contract, unit, GOOD, "");
        }
        judge(contract, delivered.units().get(9), GOOD, "Cracked screen");
        DeliveryView partial = signedByThree(contract);
        assertEquals("PARTIAL", partial.outcome());
        assertEquals(
                9, partial.units().stream().filter(u -> u.acceptedAt() != null).count());
        assertNull(partial.units().get(9).acceptedAt());
        assertNull(partial.warrantyUntil());
        assertEquals(MilestoneState.PARTIALLY_MET, milestone(contract).state());
        services.clock().set(Instant.parse("2026-12-02T02:00:00Z"));
        deliver(contract, "T" + contract.number() + "11");
        judge(contract, of(contract).units().get(10), GOOD, "");
        DeliveryView whole = signedByThree(contract);
        assertEquals("ACCEPTED", whole.outcome());
        assertEquals(LocalDate.parse("2028-12-02"), whole.warrantyUntil());
        assertEquals(MilestoneState.MET, milestone(contract).state());
    }

    @Test
    void aNumberOutsideItsLimitsFailsTheDeviceAndAMissingOneIsRefused() {
        ContractView contract = effective(1);
        deliver(contract, "L" + contract.number());
        DeliveryView.Unit unit = of(contract).units().get(0);
        RuleViolation missing =
                assertThrows(RuleViolation.class, () -> judge(contract, unit, Map.of("EARTH", BigDecimal.ONE), ""));
        assertEquals(4, missing.errors().size());
        Map<String, BigDecimal> leaking = new HashMap<>(GOOD);
        leaking.put("LEAKAGE", new BigDecimal("500.1"));
        DeliveryView judged = judge(contract, unit, leaking, "");
        assertEquals(DeliveryView.UnitState.FAILED, judged.units().get(0).state());
        assertEquals("LEAKAGE 500.1", judged.units().get(0).defects());
        leaking.put("LEAKAGE", new BigDecimal("500"));
        assertEquals(
                DeliveryView.UnitState.PASSED,
                judge(contract, unit, leaking, "").units().get(0).state());
    }

    @Test
    void nobodyAcceptsAloneWhateverRolesTheyHave() throws SQLException {
        ContractView contract = effective(1);
        deliver(contract, "A" + contract.number());
        judge(contract, of(contract).units().get(0), GOOD, "");
        YiqiPrincipal everything =
                new YiqiPrincipal("all", Ids.next(), hospital, Scope.MEMBER, Set.copyOf(Roles.OF_PEOPLE));
        services.as(everything, () -> deliveries().sign(contract.id(), AcceptanceHat.EQUIPMENT));
        IllegalStateException twice = assertThrows(
                IllegalStateException.class,
                () -> services.as(everything, () -> deliveries().sign(contract.id(), AcceptanceHat.CLINICAL)));
        assertEquals("procurement.person-signed", refusalOf(twice));
        assertThrows(
                NotPermitted.class,
                () -> services.as(technician, () -> deliveries().sign(contract.id(), AcceptanceHat.FINANCE)));
        SQLException forced = assertThrows(
                SQLException.class,
                () -> DB.inScope(Scope.SYSTEM, c -> {
                    try (var s = c.prepareStatement(
                            "update procurement.contract set acceptance = 'ACCEPTED' where id = ?")) {
                        s.setObject(1, contract.id());
                        return s.executeUpdate();
                    }
                }));
        assertTrue(String.valueOf(forced.getMessage()).contains("three people accept"));
    }

    @Test
    void ofTwoSignaturesForOneDepartmentAtOnceOneCounts() throws Exception {
        ContractView contract = effective(1);
        deliver(contract, "S" + contract.number());
        judge(contract, of(contract).units().get(0), GOOD, "");
        int made = twice(() -> {
            services.as(person(Roles.CLINICAL), () -> deliveries().sign(contract.id(), AcceptanceHat.CLINICAL));
            return contract;
        });
        assertEquals(1, made);
        assertEquals(1, of(contract).signatures().size());
    }

    @Test
    void aSerialNumberIsDeliveredOnceAlsoToTwoHospitalsAtOnce() throws Exception {
        ContractView one = effective(2);
        int made = twice(() -> {
            deliver(one, "D" + one.number());
            return one;
        });
        assertEquals(1, made);
        ContractView other = effective(2);
        IllegalStateException again =
                assertThrows(IllegalStateException.class, () -> deliver(other, "D" + one.number()));
        assertEquals("procurement.serial-known", refusalOf(again));
    }

    @Test
    void noMoreIsDeliveredThanOrderedAndNothingWithoutASerialNumber() {
        ContractView contract = effective(1);
        RuleViolation bare = assertThrows(
                RuleViolation.class,
                () -> services.as(supplier, () -> deliveries().deliver(contract.id(), 1, "(01)" + IDENTIFIER)));
        assertEquals("procurement.udi-without-serial", bare.code());
        deliver(contract, "N" + contract.number());
        Conflict more = assertThrows(Conflict.class, () -> deliver(contract, "M" + contract.number()));
        assertEquals("procurement.delivered-all", more.code());
    }

    @Test
    void nothingIsMeasuredOrDeliveredWhileTheAcceptanceIsBeingSigned() {
        ContractView contract = effective(2);
        deliver(contract, "B" + contract.number());
        Conflict unmeasured = assertThrows(
                Conflict.class,
                () -> services.as(technician, () -> deliveries().sign(contract.id(), AcceptanceHat.EQUIPMENT)));
        assertEquals("procurement.not-judged", unmeasured.code());
        DeliveryView.Unit unit = of(contract).units().get(0);
        judge(contract, unit, GOOD, "");
        services.as(technician, () -> deliveries().sign(contract.id(), AcceptanceHat.EQUIPMENT));
        assertThrows(Conflict.class, () -> judge(contract, unit, GOOD, "Second thoughts"));
        assertThrows(Conflict.class, () -> deliver(contract, "C" + contract.number()));
    }

    @Test
    void theAcceptanceMilestoneIsDecidedByTheThreeAlone() {
        ContractView contract = effective(1);
        Conflict reported = assertThrows(
                Conflict.class,
                () -> services.as(supplier, () -> milestones().report(contract.id(), contract.version(), 2, "")));
        assertEquals("procurement.acceptance-by-three", reported.code());
        services.clock().set(Instant.parse("2027-02-01T02:00:00Z"));
        Conflict decided = assertThrows(
                Conflict.class,
                () -> services.as(hospital, () -> milestones()
                        .decide(contract.id(), contract.version(), 2, MilestoneState.NOT_MET, "Late")));
        assertEquals("procurement.acceptance-by-three", decided.code());
    }

    @Test
    void anAcceptedDeviceBecomesTheHospitalsByAnActOfBothAndWhatFailedStaysWithTheSupplier() throws SQLException {
        describeModel();
        ContractView contract = effective(2);
        deliver(contract, "I" + contract.number());
        deliver(contract, "F" + contract.number());
        DeliveryView.Unit good = of(contract).units().get(0);
        DeliveryView.Unit bad = of(contract).units().get(1);
        assertEquals("procurement.unit-not-accepted", refusedTo(() -> takeIn(contract, good, "MON-1")));
        assertEquals("procurement.nothing-to-hand-over", refusedTo(() -> handOver(contract)));
        judge(contract, good, GOOD, "");
        judge(contract, bad, GOOD, "Cracked screen");
        signedByThree(contract);
        assertEquals("procurement.unit-not-handed-over", refusedTo(() -> takeIn(contract, good, "MON-1")));
        assertEquals(
                "procurement.not-your-contract",
                refusedTo(() -> services.as(hospital, () -> handovers().handOver(contract.id()))));
        handOver(contract);
        deliver(supplier);
        // In the container the registration is complete within the first call.
        services.clock().set(START.plusSeconds(30));
        handOver(contract);
        assertEquals("procurement.nothing-to-hand-over", refusedTo(() -> handOver(contract)));
        UUID unit = of(contract).units().get(0).unitId();
        assertEquals(supplier, unitOf(supplier, unit).ownerId());
        services.clock().set(START.plusSeconds(60));
        takeIn(contract, good, "MON-" + contract.number());
        deliver(hospital);
        ledger.relayAll(dataDir);
        UnitView made = unitOf(hospital, unit);
        assertEquals("I" + contract.number(), made.serial());
        assertEquals("MON-" + contract.number(), made.assetTag());
        assertEquals(hospital, made.ownerId());
        assertEquals(hospital, made.custodianId());
        assertEquals("AVAILABLE", made.status().name());
        assertEquals(LocalDate.parse("2028-11-23"), made.warrantyUntil());
        assertEquals("procurement.unit-taken-in", refusedTo(() -> takeIn(contract, good, "MON-2")));
        assertThrows(NotFound.class, () -> unitOf(supplier, unit));
        UUID failed = of(contract).units().get(1).unitId();
        assertEquals(supplier, unitOf(supplier, failed).custodianId());
        List<Act> chain = acts(Subject.custody(unit));
        assertEquals(
                List.of("custody.registered", "custody.accepted"),
                chain.stream().map(Act::type).toList());
        assertEquals(contract.id().toString(), chain.get(1).body().get("contract"));
        assertEquals(
                List.of("custody.registered"),
                acts(Subject.custody(failed)).stream().map(Act::type).toList());
        assertEquals(List.of(ActState.RECORDED, ActState.RECORDED), states(Subject.custody(unit)));
        assertEquals(
                List.of("custody.accepted", "custody.registered", "contract.signed"),
                services.as(hospital, () -> services.get(Traces.class).trace(unit)).events().stream()
                        .map(TraceView.Event::type)
                        .toList());
    }

    @Test
    void aDeviceThatTheHospitalDidNotSignForInTimeIsSignedOverAgain() throws SQLException {
        describeModel();
        ContractView contract = effective(1);
        deliver(contract, "X" + contract.number());
        judge(contract, of(contract).units().get(0), GOOD, "");
        signedByThree(contract);
        handOver(contract);
        deliver(supplier);
        handOver(contract);
        UUID act = of(contract).units().get(0).handoverAct();
        services.asScope(Scope.SYSTEM, () -> {
            handovers().on(new ActExpired(act, "custody.accepted", Subject.custody(Ids.next()), contract.id()));
            return true;
        });
        assertNull(of(contract).units().get(0).handoverAct());
    }

    private void describeModel() {
        if (services.as(hospital, () -> services.get(Models.class).byDeviceIdentifier(IDENTIFIER))
                .isEmpty()) {
            services.as(hospital, () -> services.get(Models.class)
                    .add(new DescribeModel(
                            "GS1",
                            IDENTIFIER,
                            "监护仪",
                            "Monitor",
                            "Ruiming",
                            null,
                            null,
                            "MONITOR",
                            "II",
                            null,
                            null,
                            null,
                            Map.of(),
                            8)));
        }
    }

    private DeliveryView handOver(ContractView contract) {
        return services.as(supplier, () -> handovers().handOver(contract.id()));
    }

    private DeliveryView takeIn(ContractView contract, DeliveryView.Unit unit, String tag) {
        return services.as(hospital, () -> handovers().takeIn(contract.id(), unit.id(), tag));
    }

    private UnitView unitOf(UUID org, UUID unit) {
        return services.as(org, () -> services.get(Units.class).get(unit));
    }

    private List<ActView> views(Subject subject) {
        return services
                .asScope(Scope.SYSTEM, () -> services.get(Acts.class)
                        .list(ListQuery.all().where("subject", subject.toString())))
                .items()
                .stream()
                .sorted(Comparator.comparing(each -> each.signed().act().occurredAt()))
                .toList();
    }

    private List<Act> acts(Subject subject) {
        return views(subject).stream().map(each -> each.signed().act()).toList();
    }

    private List<ActState> states(Subject subject) {
        return views(subject).stream().map(ActView::state).toList();
    }

    private static String refusedTo(Callable<?> work) {
        BusinessException refusal = assertThrows(BusinessException.class, work::call);
        return refusal.code();
    }

    private UnitHandovers handovers() {
        return services.get(UnitHandovers.class);
    }

    private YiqiPrincipal person(String role) {
        return new YiqiPrincipal(role, Ids.next(), hospital, Scope.MEMBER, Set.of(role));
    }

    private DeliveryView deliver(ContractView contract, String serial) {
        return services.as(
                supplier, () -> deliveries().deliver(contract.id(), 1, "(01)" + IDENTIFIER + "(21)" + serial));
    }

    private DeliveryView judge(
            ContractView contract, DeliveryView.Unit unit, Map<String, BigDecimal> values, String defects) {
        return services.as(technician, () -> deliveries().judge(contract.id(), unit.id(), values, defects));
    }

    private DeliveryView signedByThree(ContractView contract) {
        services.as(technician, () -> deliveries().sign(contract.id(), AcceptanceHat.EQUIPMENT));
        services.as(nurse, () -> deliveries().sign(contract.id(), AcceptanceHat.CLINICAL));
        return services.as(accountant, () -> deliveries().sign(contract.id(), AcceptanceHat.FINANCE));
    }

    private DeliveryView of(ContractView contract) {
        return services.as(hospital, () -> deliveries().of(contract.id()));
    }

    private ContractView.Milestone milestone(ContractView contract) {
        return services.as(hospital, () -> contracts().get(contract.id()))
                .milestones()
                .get(1);
    }

    private Deliveries deliveries() {
        return services.get(Deliveries.class);
    }

    private ContractView effective(int quantity) {
        ContractView offered = offered(services.as(hospital, () -> contracts()
                .create(terms(approvedPlanOf(hospital, 10, 25_000_000), quantity, "20000"))));
        services.as(supplier, () -> signing().accept(offered.id(), offered.version()));
        return signed(offered.id(), hospital);
    }

    private ContractView offered(ContractView draft) {
        return services.as(hospital, () -> contracts().offer(draft.id(), draft.version()));
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
                    services.get(Units.class).on(completed);
                    handovers().on(completed);
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

package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;

/** Prices from what was published and what was signed here, on a real database. */
class PriceIndexIT {

    /** A CT scanner by its code of the Common Procurement Vocabulary. */
    private static final String CONTRACT = """
            {"ocid":"%1$s","id":"%2$s","date":"%6$s","tag":["contract"],"initiationType":"tender","buyer":{"id":"%3$s"},
             "awards":[{"id":"a","status":"active","date":"%6$s","value":{"amount":%4$s,"currency":"%5$s"},
               "items":[{"id":"1","quantity":1,"classification":{"scheme":"CPV","id":"33115100"}}]}],
             "contracts":[{"id":"c","awardID":"a","status":"active","dateSigned":"%6$s","value":{"amount":%4$s,"currency":"%5$s"},
               "items":[{"id":"1","quantity":2,"classification":{"scheme":"CPV","id":"33115100"},
                 "unit":{"value":{"amount":%4$s,"currency":"%5$s"}}}]}]}""";

    private TestDatabase db;
    private TestServices services;
    private UUID buyer;
    private long position;

    @BeforeEach
    void aBuyer() throws SQLException {
        db = TestDatabase.empty();
        services = new TestServices(db);
        services.clock().set(Instant.parse("2026-11-27T02:00:00Z"));
        buyer = db.organisation("HOSPITAL");
    }

    @AfterEach
    void stop() throws IOException {
        db.stop();
    }

    private PriceIndex prices() {
        return services.get(PriceIndex.class);
    }

    private void publish(String ocid, String of, int amount, String currency, String at) throws SQLException {
        position++;
        run(
                "insert into procurement.ocds_release(position, id, ocid, tag, released_at, org_id, content)"
                        + " values (?, ?, ?, 'contract', ?, ?, ?::json)",
                position,
                "r" + position,
                ocid,
                Instant.parse(at),
                buyer,
                CONTRACT.formatted(ocid, "r" + position, of, amount, currency, at));
    }

    private void run(String statement, Object... values) throws SQLException {
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(statement)) {
            Sql.bind(c, s, values);
            s.executeUpdate();
        }
    }

    private boolean refresh() {
        return services.asScope(Scope.SYSTEM, () -> prices().refresh());
    }

    private PriceIndexView index(PriceIndexView.Kind kind, String subject) {
        return member(() -> prices().of(kind, subject)).orElseThrow();
    }

    private <R> R member(Callable<R> work) {
        return services.as(buyer, work);
    }

    @Test
    void figuresOfTenPricesOfThreeBuyersAreTheirMedianAndQuartilesAndNotOneFewer() throws SQLException {
        for (int i = 1; i <= 9; i++) {
            publish("o-" + i, "B" + i % 3, i * 100, "CNY", "2026-0" + i + "-10T00:00:00Z");
        }
        refresh();
        PriceIndexView few = index(PriceIndexView.Kind.CATEGORY, "CT");
        assertEquals(9, few.prices());
        assertNull(few.median());
        assertNull(few.low());
        publish("o-10", "B1", 1000, "CNY", "2026-10-10T00:00:00Z");
        refresh();
        PriceIndexView ct = index(PriceIndexView.Kind.CATEGORY, "CT");
        assertEquals(10, ct.prices());
        assertEquals(3, ct.buyers());
        assertEquals("550.00", ct.median().amount());
        assertEquals("325.00", ct.firstQuartile().amount());
        assertEquals("775.00", ct.thirdQuartile().amount());
        assertEquals("190.00", ct.low().amount());
        assertEquals("910.00", ct.high().amount());
        assertEquals("2026-01-10", ct.firstDay().toString());
        assertEquals("2026-10-10", ct.lastDay().toString());
        assertNull(ct.trend(), "one year only");
        assertEquals(
                10, index(PriceIndexView.Kind.CLASSIFICATION, "CPV 33115100").prices());
    }

    @Test
    void howeverManyPricesOfTwoBuyersThereAreNoneIsShown() throws SQLException {
        for (int i = 1; i <= 30; i++) {
            publish("o-" + i, "B" + i % 2, i * 100, "CNY", "2026-05-10T00:00:00Z");
        }
        refresh();
        assertFalse(index(PriceIndexView.Kind.CATEGORY, "CT").enough());
        assertThrows(
                SQLException.class,
                () -> run(
                        "update procurement.price_index set median_minor = 1, low_minor = 1, first_quartile_minor = 1,"
                                + " third_quartile_minor = 1, high_minor = 1, first_day = now(), last_day = now()"));
    }

    @Test
    void twoYearsOfEnoughPricesHaveATrendAndTheirQuarters() throws SQLException {
        for (int i = 0; i < 12; i++) {
            publish("old-" + i, "B" + i % 3, 1000, "CNY", "2025-02-10T00:00:00Z");
            publish("new-" + i, "B" + i % 3, 1200, "CNY", "2026-08-10T00:00:00Z");
        }
        refresh();
        PriceIndexView ct = index(PriceIndexView.Kind.CATEGORY, "CT");
        assertEquals(0.2, ct.trend(), 1e-9);
        assertEquals(
                List.of("2025-01-01 1000.00", "2026-07-01 1200.00"),
                ct.quarters().stream()
                        .map(q -> q.from() + " " + q.median().amount())
                        .toList());
    }

    @Test
    void currenciesAreNotMixedAndALaterReleaseOfAProcessReplacesItsPrice() throws SQLException {
        publish("o-1", "B1", 100, "CNY", "2026-05-10T00:00:00Z");
        publish("o-2", "B1", 100, "EUR", "2026-05-10T00:00:00Z");
        refresh();
        assertEquals(1, index(PriceIndexView.Kind.CATEGORY, "CT").prices());
        publish("o-1", "B1", 100, "EUR", "2026-05-11T00:00:00Z");
        refresh();
        assertEquals(0, index(PriceIndexView.Kind.CATEGORY, "CT").prices());
        assertEquals(List.of(0, 0, 2, 2), member(() -> prices().list(ListQuery.all()).items().stream()
                .map(PriceIndexView::prices)
                .sorted()
                .toList()));
    }

    @Test
    void aContractThatIsSignedHereIsAPriceOfItsModelAndItsClass() throws SQLException {
        UUID plan = Ids.next();
        UUID model = Ids.next();
        UUID contract = Ids.next();
        run("""
                insert into procurement.plan(id, number, org_id, title, category, quantity, unit_minor, budget_line, budget_minor,
                  currency, specification, life_years, service_minor, running_minor, disposal_minor, state, made_by, made_at,
                  submitted_at, approved_at)
                values (?, 'P-1', ?, 'Monitors', 'MONITOR', 6, 3800000, '2026-3', 250000000, 'CNY', 'Bedside', 8, 0, 0, 0, 'APPROVED',
                  ?, now(), now(), now())""", plan, buyer, Ids.next());
        run("""
                insert into procurement.contract(id, number, org_id, supplier_id, plan_id, title, currency, original_minor, amount_minor,
                  amend_percent, rules_of, delivery_by, sign_by, warranty_months, state, made_by, made_at, effective_at)
                values (?, 'C-1', ?, ?, ?, 'Monitors', 'CNY', 7600000, 7600000, 10, '2020-01-01', '2027-01-01', '2026-12-01', 24,
                  'EFFECTIVE', ?, now(), '2026-11-20T02:00:00Z')""", contract, buyer, db.organisation("SUPPLIER"), plan, Ids.next());
        run(
                "insert into procurement.contract_item(contract_id, position, description, model_id, quantity, unit_minor)"
                        + " values (?, 1, 'Monitor', ?, 2, 3800000)",
                contract,
                model);
        publish("ocds-yiqi00-P-1", "ignored", 1, "CNY", "2026-11-20T02:00:00Z");
        refresh();
        assertEquals(1, index(PriceIndexView.Kind.CATEGORY, "MONITOR").prices());
        assertEquals(1, index(PriceIndexView.Kind.MODEL, model.toString()).prices());
        try (Connection c = db.administrator();
                ResultSet rs = c.createStatement()
                        .executeQuery("select distinct unit_minor, day from procurement.price_observation")) {
            assertTrue(rs.next());
            assertEquals(3_800_000, rs.getLong(1));
            assertEquals("2026-11-20", rs.getString(2));
            assertFalse(rs.next());
        }
    }

    @Test
    void singlePricesAreReadByNobodyAndOnlyTheSystemTakesThemIn() throws SQLException {
        publish("o-1", "B1", 100, "CNY", "2026-05-10T00:00:00Z");
        refresh();
        for (Scope scope : List.of(Scope.MEMBER, Scope.REGULATOR, Scope.PLATFORM)) {
            int seen = services.asScope(scope, () -> services.get(Sql.class)
                    .first("select count(*) from procurement.price_observation", rs -> rs.getInt(1))
                    .orElseThrow());
            assertEquals(0, seen, scope.name());
        }
        assertEquals(
                "procurement.system-only",
                assertThrows(BusinessException.class, () -> member(() -> prices().refresh()))
                        .code());
        assertEquals(
                "procurement.price-index-not-found",
                assertThrows(BusinessException.class, () -> member(() -> prices().get(Ids.next())))
                        .code());
        assertNotNull(index(PriceIndexView.Kind.CATEGORY, "CT"));
    }
}

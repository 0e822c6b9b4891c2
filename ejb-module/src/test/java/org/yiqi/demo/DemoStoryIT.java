package org.yiqi.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.oversight.WatchFixture;
import org.yiqi.shared.TestDatabase;

/** The whole demo region in an empty database: the database's own constraints take it, and so do the areas' rules. */
class DemoStoryIT {

    @TempDir
    static Path dataDir;

    private static TestDatabase db;

    @BeforeAll
    static void theRegionIsWrittenAndItsActsAreRecorded() throws SQLException {
        db = TestDatabase.empty();
        LedgerFixture ledger = new LedgerFixture(db);
        // Half past midnight in China: the orders of the day are not made yet.
        Instant now = Instant.parse("2026-11-24T16:30:00Z");
        try (Connection c = db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            new DemoStory(c, now).members();
            c.commit();
            ledger.relayAll(dataDir);
            new DemoStory(c, now).year(ledger.historyImport());
            c.commit();
        }
        ledger.relayAll(dataDir);
    }

    @Test
    void everyActWasTakenByTheLedger() throws SQLException {
        assertEquals(List.of(), rows("select type || ' ' || refusal from ledger.act where state = 'REJECTED'"));
        assertEquals(
                List.of("RECORDED", "WAITING_SIGNATURE"), rows("select distinct state from ledger.act order by 1"));
    }

    @Test
    void oneDamageIsSettledAndOneIsDisputed() throws SQLException {
        assertEquals(List.of("DISPUTED", "SETTLED"), rows("select state from rental.liability order by 1"));
        assertEquals(
                List.of("liability.determined", "liability.opened", "liability.opened", "liability.settled"),
                rows("select type from ledger.act where type like 'liability.%' and state = 'RECORDED' order by 1"));
    }

    @Test
    void theWatchFindsNothing() throws SQLException {
        assertEquals(List.of(), WatchFixture.pass(db, dataDir));
    }

    @Test
    void rentalsStandInEveryStateThatLasts() throws SQLException {
        assertEquals(
                List.of(
                        "ACTIVE",
                        "APPROVED",
                        "CANCELLED",
                        "CLOSED",
                        "DELIVERED",
                        "DISPATCHED",
                        "LIABILITY_OPEN",
                        "OVERDUE",
                        "REJECTED",
                        "RETURNING",
                        "SETTLING",
                        "UNDER_REVIEW"),
                rows("select distinct state from rental.rental order by 1"));
        assertEquals(List.of(), rows("""
                select r.number from rental.rental r join rental.step s on s.rental_id = r.id
                 where s.id = (select max(id::text)::uuid from rental.step l where l.rental_id = r.id) and s.to_state <> r.state"""));
        assertEquals(List.of(), rows("""
                select r.number from rental.rental r join equipment.unit u on u.id = r.unit_id
                 where (u.custodian_id = r.lessee_org) <> (r.state in ('ACTIVE','OVERDUE','RETURNING'))
                   and r.state in ('DISPATCHED','DELIVERED','ACTIVE','OVERDUE','RETURNING')"""));
    }

    @Test
    void aLentUnitIsInUseAndOneOnItsWayIsReserved() throws SQLException {
        assertEquals(List.of(), rows("""
                select u.asset_tag from equipment.unit u left join lateral (select max(case
                    when r.state in ('ACTIVE','OVERDUE','RETURNING') then 'IN_USE'
                    when r.state in ('DISPATCHED','DELIVERED') then 'RESERVED' end) as wanted
                  from rental.rental r where r.unit_id = u.id) r on true
                 where u.status in ('AVAILABLE','RESERVED','IN_USE') and u.status <> coalesce(r.wanted, 'AVAILABLE')"""));
        assertEquals(List.of("IN_USE", "RESERVED"), rows("""
                select distinct status from equipment.unit where status in ('RESERVED','IN_USE') order by 1"""));
    }

    @Test
    void theBooksBalanceAndEveryStatementIsTheSumOfItsLines() throws SQLException {
        assertEquals(List.of(), rows("""
                select e.id::text from billing.entry e join billing.posting p on p.entry_id = e.id
                 group by e.id having sum(p.debit) <> sum(p.credit)"""));
        assertEquals(List.of(), rows("""
                select s.rental_number from billing.statement s
                 where total <> (select sum(amount) from billing.statement_line l where l.statement_id = s.id)"""));
        assertEquals(List.of(), rows("""
                select i.number from billing.invoice i
                 where paid <> (select coalesce(sum(amount), 0) from billing.payment p where p.invoice_id = i.id)"""));
        assertEquals(
                rows("select coalesce(sum(amount - paid), 0)::text from billing.invoice"),
                rows("select sum(debit - credit)::text from billing.posting where account = 'RECEIVABLE'"));
    }

    @Test
    void ordersStandInEveryStateAndWhatIsOpenStopsItsUnit() throws SQLException {
        assertEquals(
                13, rows("select distinct state from maintenance.work_order").size());
        assertEquals(List.of(), rows("""
                select w.number from maintenance.work_order w join equipment.unit u on u.id = w.unit_id
                 where w.state not in ('RELEASED','CLOSED','CANCELLED') and w.quarantined and u.status <> 'QUARANTINED'"""));
        assertEquals(List.of(), rows("""
                select u.asset_tag from equipment.unit u where u.status in ('QUARANTINED','MAINTENANCE')
                   and not exists (select 1 from equipment.hold h where h.unit_id = u.id and h.released_at is null)"""));
        assertEquals(List.of(), rows("""
                select w.number from maintenance.work_order w join maintenance.step s on s.work_order_id = w.id
                 where s.id = (select max(id::text)::uuid from maintenance.step l where l.work_order_id = w.id)
                   and s.to_state <> w.state"""));
    }

    @Test
    void everyPlanThatIsDueHasItsOrder() throws SQLException {
        assertEquals(List.of(), rows("""
                select asset_tag from maintenance.plan where active and open_order is null
                   and next_due <= date '2026-11-24' + lead_days"""));
        assertTrue(rows("select asset_tag from maintenance.plan where next_due + tolerance_days < date '2026-11-24'")
                        .size()
                > 2);
    }

    @Test
    void readingsAreRolledUpAndNewestOnesAreKnown() throws SQLException {
        assertEquals(
                rows("select count(*)::text from telemetry.reading"),
                rows("select sum(n)::text from telemetry.rollup_hour"));
        assertEquals(
                rows("select count(distinct device_id)::text from telemetry.reading"),
                rows("select count(*)::text from telemetry.device_state"));
        assertEquals(List.of("true"), rows("select (count(*) > 50000)::text from telemetry.reading"));
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection c = db.administrator();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (rs.next()) {
                rows.add(rs.getString(1));
            }
            return rows;
        }
    }
}

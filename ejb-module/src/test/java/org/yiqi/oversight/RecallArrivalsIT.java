package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class RecallArrivalsIT {

    private static final TestDatabase DB = TestDatabase.empty();

    @TempDir
    Path dataDir;

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID east = all.organisation("HOSPITAL");
    private final UUID west = all.organisation("HOSPITAL");
    private final YiqiPrincipal western = RecallFixture.person(west, Scope.MEMBER, Roles.EQUIPMENT);
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
    void aUnitThatIsRegisteredAfterARecallStandsStillAtOnceAndItsOwnerIsTold() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "L1", 1, east);
        RecallView recall = issue("L1", "", "");
        UUID caught = all.unit(model, "L1", west);
        UUID other = all.unit(model, "L2", west);
        assertEquals("QUARANTINED", status(caught));
        assertEquals("AVAILABLE", status(other));
        RecallNotice notice = noticeTo(recall, west);
        assertTrue(notice.asOwner() && notice.asCustodian());
        assertEquals(1, notice.units());
        RecallView signed = signed(recall);
        assertEquals(2, signed.held());
        assertEquals(2, signed.proposed());
        assertEquals(
                List.of(caught),
                all
                        .services
                        .as(all.regulator, () -> all.services
                                .get(RecalledUnits.class)
                                .list(recall.id(), ListQuery.all().where("later", "true")))
                        .items()
                        .stream()
                        .map(RecalledUnit::unitId)
                        .toList());
        all.services.as(all.regulator, () -> recalls().lift(recall.id(), signed.version(), "Repaired"));
        assertEquals("AVAILABLE", status(caught));
        assertEquals("AVAILABLE", status(all.unit(model, "L1", west)));
    }

    @Test
    void aReceiptForSomeUnitsDoesNotStandForOneThatComesLater() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "L1", 1, west);
        RecallView recall = issue("L1", "", "");
        all.services.as(
                western, () -> all.services.get(RecallNotices.class).receive(recall.id(), "It stands in the store"));
        all.unit(model, "L1", west);
        RecallNotice again = noticeTo(recall, west);
        assertEquals(2, again.units());
        assertEquals(null, again.receivedAt());
        assertFalse(again.overdue());
    }

    @Test
    void aLotOrSerialNumberThatIsCorrectedToARecalledOneStopsTheUnit() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "L1", 1, east);
        UUID unit = all.unit(model, "L0", west);
        issue("L1", "", "");
        UUID numbered = all.unit(model, "L3", east);
        all.unit(model, "", east);
        issue("", "SN-100", "SN-300");
        assertEquals("AVAILABLE", status(numbered));
        all.sql("update equipment.unit set serial = 'SN-250' where id = ?", numbered);
        assertEquals("QUARANTINED", status(numbered));
        assertEquals("AVAILABLE", status(unit));
        all.sql("update equipment.unit set lot = 'L1' where id = ?", unit);
        assertEquals("QUARANTINED", status(unit));
    }

    @Test
    void aPartThatIsFittedAfterItsRecallStopsTheDeviceThatHoldsIt() throws SQLException {
        all.units(all.model(identifier), "L7", 1, east);
        RecallView recall = issue("L7", "", "");
        UUID host = all.unit(all.model("1" + identifier.substring(1)), "", west);
        all.fit(host, west, "(01)" + identifier + "(10)L8");
        assertEquals("AVAILABLE", status(host));
        all.fit(host, west, "(01)" + identifier + "(10)L7");
        assertEquals("QUARANTINED", status(host));
        assertNotNull(noticeTo(recall, west));
    }

    @Test
    void theNewOwnerOfARecalledUnitIsToldAndSeesIt() throws SQLException {
        UUID model = all.model(identifier);
        UUID unit = all.unit(model, "L1", east);
        RecallView recall = issue("L1", "", "");
        all.sql("update equipment.custody set to_at = now() where unit_id = ?", unit);
        all.sql(
                "insert into equipment.custody(id, unit_id, org_id, from_at, act_id, owned) values (?, ?, ?, now(), ?, true)",
                Ids.next(),
                unit,
                west,
                Ids.next());
        assertEquals("QUARANTINED", status(unit));
        assertTrue(noticeTo(recall, west).asOwner());
        assertEquals(
                1, all.services.as(western, () -> recalls().get(recall.id())).units());
    }

    @Test
    void aUnitThatWaitsForItsSignatureWaitsForItStillAfterTheRecall() throws SQLException {
        UUID model = all.model(identifier);
        all.units(model, "L1", 1, east);
        RecallView recall = issue("L1", "", "");
        UUID unsigned = Ids.next();
        all.sql("""
                insert into equipment.unit(id, model_id, owner_id, custodian_id, lot, asset_tag, label_code, status, resume_status, region_code,
                  created_at, updated_at) values (?, ?, ?, ?, 'L1', ?, ?, 'REGISTERED', 'AVAILABLE', '330100', now(), now())""", unsigned, model, west, west, unsigned.toString(), unsigned.toString());
        assertEquals("QUARANTINED", status(unsigned));
        all.services.as(
                all.regulator,
                () -> all.services.get(org.yiqi.equipment.MassHolds.class).release(recall.id()));
        assertEquals("REGISTERED", status(unsigned));
        assertEquals("AVAILABLE", all.text("select resume_status from equipment.unit where id = ?", unsigned));
    }

    @Test
    void aUnitWhoseRegistrationRacesTheRecallIsHeldWhicheverIsFirst() throws Exception {
        UUID model = all.model(identifier);
        all.units(model, "L1", 1, east);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (Connection registering = DB.administrator()) {
            registering.setAutoCommit(false);
            UUID first = Ids.next();
            register(registering, model, first);
            Future<RecallView> issued = pool.submit(() -> issue("L1", "", ""));
            awaitsIdentities();
            registering.commit();
            RecallView recall = issued.get();
            assertEquals("QUARANTINED", status(first));
            assertEquals(2, recall.held());

            UUID second = Ids.next();
            Future<?> late = all.services.as(all.regulator, () -> {
                recalls().issue(new IssueRecall("All of it", "Fire", RecallClass.I, scope("", "", "")));
                Future<?> coming = pool.submit(() -> {
                    try (Connection c = DB.administrator()) {
                        register(c, model, second);
                    }
                    return true;
                });
                awaitsIdentities();
                return coming;
            });
            late.get();
            assertEquals(
                    "2",
                    all.text("select count(*) from equipment.hold where unit_id = ? and released_at is null", second));
        } finally {
            pool.shutdownNow();
        }
    }

    private void register(Connection c, UUID model, UUID unit) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into equipment.unit(id, model_id, owner_id, custodian_id, lot, asset_tag, label_code, status, region_code, created_at, updated_at)
                values (?, ?, ?, ?, 'L1', ?, ?, 'AVAILABLE', '330100', now(), now())""")) {
            s.setObject(1, unit);
            s.setObject(2, model);
            s.setObject(3, west);
            s.setObject(4, west);
            s.setString(5, unit.toString());
            s.setString(6, unit.toString());
            s.executeUpdate();
        }
    }

    /** Somebody waits for the lock on what units are and whose. */
    private void awaitsIdentities() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (all.text("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                .equals("0")) {
            assertTrue(System.nanoTime() < end, "nobody waits: the two do not see each other");
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private String status(UUID unit) {
        return all.text("select status from equipment.unit where id = ?", unit);
    }

    private RecallScope scope(String lot, String from, String to) {
        return new RecallScope(null, identifier, lot, from, to);
    }

    private RecallView issue(String lot, String from, String to) {
        return all.services.as(all.regulator, () -> recalls()
                .issue(new IssueRecall("Pump stops", "The battery swells", RecallClass.II, scope(lot, from, to))));
    }

    private RecallView signed(RecallView recall) {
        boolean more = true;
        while (more) {
            more = all.services.as(all.regulator, () -> recalls().sign(recall.id(), false));
        }
        return all.services.as(all.regulator, () -> recalls().get(recall.id()));
    }

    private RecallNotice noticeTo(RecallView recall, UUID org) {
        return all.services
                .as(all.regulator, () -> all.services
                        .get(RecallNotices.class)
                        .list(ListQuery.all()
                                .where("recall", recall.id().toString())
                                .where("organisation", org.toString())))
                .items()
                .get(0);
    }

    private Recalls recalls() {
        return all.services.get(Recalls.class);
    }
}

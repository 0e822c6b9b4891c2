package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.ledger.evidence.Changes;
import org.yiqi.ledger.evidence.Fault;
import org.yiqi.ledger.evidence.Sequencer;
import org.yiqi.ledger.evidence.StoredTree;
import org.yiqi.ledger.evidence.Walk;
import org.yiqi.shared.Ids;
import org.yiqi.shared.audit.AuditContent;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.tenancy.Scope;

/**
 * What is found after someone with the administrator's password has been at the log. Each attempt is made and looked at in
 * one transaction of the administrator's, which is then taken back.
 */
class EvidenceVerificationIT {

    @TempDir
    Path dataDir;

    private final LedgerFixture ledger = new LedgerFixture();
    private long first;
    private long firstEntry;
    private UUID org;

    @BeforeEach
    void twentyEntriesInTheLogAndAnchored() throws SQLException {
        ledger.relayAll(dataDir);
        org = ledger.db.organisation("HOSPITAL");
        keep();
        first = size();
        firstEntry = write(20);
        keep();
        assertEquals(first + 20, size());
    }

    @Test
    void anUntouchedLogIsIntact() throws SQLException {
        write(5);
        exhibit();
        keep();
        ledger.relayAll(dataDir);
        try (Connection c = ledger.db.as("worker").getConnection()) {
            EvidenceVerdict verdict = EvidenceVerification.verify(c, Instant.now());
            assertTrue(verdict.intact(), String.valueOf(verdict.fault()));
            assertEquals(size(), verdict.size());
            assertTrue(verdict.rootsCompared() >= 2);
            assertEquals(List.of(), Changes.since(c, "3"));
        }
    }

    @Test
    void aChangedRowIsNamed() {
        assertFound("CHANGED", 7, "update audit.entry set action = 'rental.nothing-happened' where id = " + entry(7));
    }

    @Test
    void aChangedDetailIsNamed() {
        assertFound("CHANGED", 5, "update audit.entry set details = '{\"n\":\"99\"}' where id = " + entry(5));
    }

    @Test
    void aChangedTimeIsNamed() {
        assertFound("CHANGED", 4, "update audit.entry set at = at + interval '1 microsecond' where id = " + entry(4));
    }

    @Test
    void aDeletedRowIsNamed() {
        assertFound("DELETED", 11, "delete from audit.entry where id = " + entry(11));
    }

    @Test
    void aRowDeletedWithItsLeafIsNamed() {
        List<Fault> faults = found("delete from audit.entry where id = " + entry(11)
                + "; delete from evidence.leaf where leaf = " + (first + 11));
        assertTrue(
                faults.stream()
                        .anyMatch(f -> f.kind() == Fault.Kind.DELETED && f.row().equals(Long.toString(first + 11))),
                faults.toString());
    }

    @Test
    void theMissingEndIsNoticedByTheAnchor() {
        List<Fault> faults = found("delete from audit.entry where id >= " + entry(18)
                + "; delete from evidence.leaf where leaf >= " + (first + 18));
        assertTrue(
                faults.stream()
                        .anyMatch(f -> f.kind() == Fault.Kind.DELETED && f.row().equals(Long.toString(first + 18))),
                faults.toString());
    }

    @Test
    void aPlantedRowIsNamed() {
        List<Fault> faults = found(
                "insert into audit.entry(id, at, action, subject) overriding system value values (999999999, now(), 'rental.approved', 'x')");
        assertTrue(
                faults.stream().anyMatch(f -> f.kind() == Fault.Kind.INSERTED && f.of().equals("audit:999999999")),
                faults.toString());
    }

    @Test
    void aRowThatIsPlantedForADeletedOneHidesNeither() {
        List<Fault> faults = found(
                "delete from audit.entry where id = " + entry(9)
                        + "; insert into audit.entry(id, at, action, subject) overriding system value values (999999998, now(), 'rental.approved', 'x')");
        assertTrue(faults.stream().anyMatch(f -> f.kind() == Fault.Kind.INSERTED), faults.toString());
        assertTrue(faults.stream().anyMatch(f -> f.of().equals("audit:" + entry(9))), faults.toString());
    }

    @Test
    void aRowThatTookAnotherIdIsGoneAndPlanted() {
        List<Fault> faults =
                found("alter table audit.entry alter id set generated by default; update audit.entry set id = 999999997"
                        + " where id = " + entry(3));
        assertTrue(
                faults.stream().anyMatch(f -> f.kind() == Fault.Kind.DELETED && f.of().equals("audit:" + entry(3))),
                faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.kind() == Fault.Kind.INSERTED && f.of().equals("audit:999999997")),
                faults.toString());
    }

    @Test
    void aRewrittenRowWithItsLeafIsNoticedByTheAnchor() {
        AuditContent forged = new AuditContent(
                Instant.now().truncatedTo(ChronoUnit.MICROS), null, null, "rental.approved", "forged", Map.of());
        byte[] salt = new byte[32];
        List<Fault> faults = inTheOpen(c -> {
            try (PreparedStatement s = c.prepareStatement(
                            "update audit.entry set at = ?, org_id = null, person_id = null, action = ?, subject = ?, details = '{}', salt = ?, leaf = ? where id = ?");
                    PreparedStatement p = c.prepareStatement("update evidence.leaf set hash = ? where leaf = ?")) {
                Sql.bind(c, s, forged.at(), forged.action(), forged.subject(), salt, forged.hash(salt), entry(3));
                s.executeUpdate();
                Sql.bind(c, p, forged.hash(salt), first + 3);
                p.executeUpdate();
            }
        });
        assertTrue(faults.stream().anyMatch(f -> f.kind() == Fault.Kind.REORDERED), faults.toString());
        assertTrue(faults.stream().anyMatch(f -> f.table().equals("evidence.node")), faults.toString());
    }

    @Test
    void aRootThatWasMadeToFitIsNoticedByTheLedger() {
        List<Fault> faults = found(
                "update evidence.root set root = sha256('forged') where size = (select max(size) from evidence.root)");
        assertTrue(
                faults.stream().anyMatch(f -> f.found().startsWith("the act on the ledger says")), faults.toString());
    }

    @Test
    void aDeletedRootIsMissedByItsAct() {
        List<Fault> faults = found("delete from evidence.root where size = (select max(size) from evidence.root)");
        assertTrue(
                faults.stream()
                        .anyMatch(
                                f -> f.kind() == Fault.Kind.DELETED && f.table().equals("evidence.root")),
                faults.toString());
    }

    @Test
    void aStoredSubtreeThatWasChangedOrDeletedIsNamed() {
        List<Fault> changed = found("update evidence.node set hash = sha256('x') where level = 1 and position = 0");
        assertTrue(changed.stream().anyMatch(f -> f.row().equals("1/0")), changed.toString());
        List<Fault> deleted = found("delete from evidence.node where level = 1 and position = 1");
        assertTrue(deleted.stream().anyMatch(f -> f.table().equals("evidence.node")), deleted.toString());
    }

    @Test
    void anExhibitWhoseContentWasChangedIsNamed() throws SQLException {
        UUID exhibit = exhibit();
        keep();
        List<Fault> faults = found(
                "update evidence.exhibit set content = replace(content, 'abc', 'abd') where id = '" + exhibit + "'");
        assertTrue(
                faults.stream()
                        .anyMatch(f -> f.kind() == Fault.Kind.CHANGED && f.row().equals(exhibit.toString())),
                faults.toString());
    }

    @Test
    void notEvenTheOwnerOfTheTablesChangesTheLog() throws SQLException {
        try (Connection c = ledger.db.as("owner").getConnection();
                Statement s = c.createStatement()) {
            for (String table : List.of("audit.entry", "evidence.leaf", "evidence.node", "evidence.root")) {
                assertThrows(SQLException.class, () -> s.execute("truncate " + table), table);
            }
            assertThrows(SQLException.class, () -> s.execute("delete from evidence.root"));
        }
    }

    private void assertFound(String kind, int nth, String tampering) {
        List<Fault> faults = found(tampering);
        assertTrue(
                faults.stream()
                        .allMatch(f -> f.kind() == Fault.Kind.valueOf(kind)
                                && f.of().equals("audit:" + entry(nth))
                                && f.leaf() != null
                                && f.leaf() == first + nth),
                faults.toString());
    }

    private List<Fault> found(String tampering) {
        return inTheOpen(c -> {
            try (Statement s = c.createStatement()) {
                s.execute(tampering);
            }
        });
    }

    /** Triggers do not stop an administrator; the hashes tell. Both ways of looking must find it. */
    private List<Fault> inTheOpen(Tampering tampering) {
        try (Connection c = ledger.db.administrator()) {
            c.setAutoCommit(false);
            String before;
            try (Statement s = c.createStatement();
                    var rs = s.executeQuery("select pg_snapshot_xmin(pg_current_snapshot())::xid::text")) {
                rs.next();
                before = rs.getString(1);
                s.execute("set session_replication_role = replica");
            }
            tampering.on(c);
            List<Fault> atOnce = Changes.since(c, before);
            Walk walk = new Walk();
            while (!walk.step(c, 1000)) {
                // goes on to the end, whatever it has found
            }
            c.rollback();
            assertTrue(!atOnce.isEmpty(), "the watch noticed nothing");
            assertTrue(
                    !walk.faults().isEmpty()
                            || atOnce.stream()
                                    .allMatch(f -> f.table().equals("evidence.node")
                                            || f.table().equals("evidence.root")),
                    "the walk noticed nothing");
            List<Fault> all = new java.util.ArrayList<>(atOnce);
            all.addAll(walk.faults());
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long entry(int nth) {
        return firstEntry + nth;
    }

    private long size() throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            return StoredTree.size(c);
        }
    }

    /** Places and anchors everything that waits. */
    private void keep() throws SQLException {
        try (EvidenceKeeper keeper =
                new EvidenceKeeper(ledger.db.as("worker"), ledger.writer, Clock.systemUTC(), Duration.ZERO, 1)) {
            assertTrue(keeper.leads());
            while (keeper.run()) {
                // until the queue is empty
            }
        }
    }

    private UUID exhibit() throws SQLException {
        return ledger.db.inScope(
                Scope.SYSTEM,
                c -> Exhibits.submit(
                        c,
                        EvidenceOf.of(EvidenceKind.DOCUMENT, Ids.next()),
                        org,
                        Map.of("sha256", "abc"),
                        false,
                        Instant.now()));
    }

    /** @return the number of the first of them; the others follow */
    private long write(int entries) throws SQLException {
        return ledger.db.inScope(Scope.SYSTEM, c -> {
            long began = 0;
            for (int i = 0; i < entries; i++) {
                AuditContent content = new AuditContent(
                        Instant.now().truncatedTo(ChronoUnit.MICROS),
                        org,
                        null,
                        "test.done",
                        "subject " + i,
                        AuditContent.plain(Map.of("n", i)));
                byte[] salt = new byte[32];
                salt[0] = (byte) i;
                try (PreparedStatement s = c.prepareStatement(
                        "insert into audit.entry(at, org_id, action, subject, details, salt, leaf) values (?,?,?,?,?::jsonb,?,?) returning id")) {
                    Sql.bind(
                            c,
                            s,
                            content.at(),
                            org,
                            content.action(),
                            content.subject(),
                            "{\"n\":\"" + i + "\"}",
                            salt,
                            content.hash(salt));
                    try (var rs = s.executeQuery()) {
                        rs.next();
                        began = i == 0 ? rs.getLong(1) : began;
                    }
                }
            }
            return began;
        });
    }

    private interface Tampering {
        void on(Connection c) throws SQLException;
    }

    /** Keeps the import of what the keeper uses honest: sequencing alone places leaves without anchoring them. */
    @Test
    void whatHasAPlaceButNoAnchorYetIsNoFault() throws SQLException {
        write(3);
        try (Connection c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            assertEquals(3, Sequencer.run(c, 100).taken());
            c.commit();
            assertTrue(EvidenceVerification.verify(c, Instant.now()).intact());
        }
    }
}

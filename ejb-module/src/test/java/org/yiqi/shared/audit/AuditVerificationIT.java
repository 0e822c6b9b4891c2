package org.yiqi.shared.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Scope;

/** What the verification says after someone with the administrator's password has been at the log. */
class AuditVerificationIT {

    private final TestDatabase db = TestDatabase.get();
    private final Sql sql = Sql.over(db.as("worker"));

    @BeforeEach
    @AfterEach
    void emptyTheLog() throws SQLException {
        behindTheBack("truncate audit.entry, audit.position, audit.anchor restart identity");
    }

    @Test
    void anUntouchedLogIsIntact() throws SQLException {
        write(20);
        AuditVerdict verdict = verify();
        assertTrue(verdict.intact(), String.valueOf(verdict.fault()));
        assertEquals(20, verdict.size());
    }

    @Test
    void aChangedRowIsNamed() throws SQLException {
        write(20);
        behindTheBack("update audit.entry set action = 'rental.nothing-happened' where id = 7");
        assertFault("CHANGED", 7);
    }

    @Test
    void aChangedDetailIsNamed() throws SQLException {
        write(20);
        behindTheBack("update audit.entry set details = '{\"n\":\"99\"}' where id = 5");
        assertFault("CHANGED", 5);
    }

    @Test
    void aDeletedRowIsNamed() throws SQLException {
        write(20);
        behindTheBack("delete from audit.entry where id = 11");
        assertFault("DELETED", 11);
    }

    @Test
    void theMissingEndIsNoticedByTheAnchor() throws SQLException {
        write(20);
        behindTheBack("delete from audit.entry where id > 18; delete from audit.position where position > 18");
        assertFault("DELETED", 19);
    }

    @Test
    void aPlantedRowIsNamed() throws SQLException {
        write(20);
        behindTheBack("insert into audit.entry(at, action, subject) values (now(), 'rental.approved', 'x')");
        AuditSequencer.sequence(sql);
        assertFault("INSERTED", 21);
    }

    @Test
    void aRewrittenRowWithItsLeafIsNoticedByTheAnchor() throws SQLException {
        write(20);
        Leaf forged = new Leaf(
                Instant.now().truncatedTo(ChronoUnit.MICROS), null, null, "rental.approved", "forged", Map.of());
        byte[] salt = new byte[16];
        try (Connection c = db.administrator();
                var s = c.prepareStatement(
                        "update audit.entry set at = ?, org_id = null, person_id = null, action = ?, subject = ?, details = '{}', salt = ?, leaf = ? where id = 3");
                var p = c.prepareStatement("update audit.position set leaf = ? where position = 3");
                Statement off = c.createStatement()) {
            off.execute("set session_replication_role = replica");
            Sql.bind(c, s, forged.at(), forged.action(), forged.subject(), salt, forged.hash(salt));
            s.executeUpdate();
            Sql.bind(c, p, (Object) forged.hash(salt));
            p.executeUpdate();
        }
        AuditVerdict verdict = verify();
        assertEquals("REORDERED", fault(verdict).kind());
    }

    @Test
    void notEvenTheOwnerOfTheTablesChangesAnEntry() throws SQLException {
        write(1);
        try (Connection c = db.as("owner").getConnection();
                Statement s = c.createStatement()) {
            assertThrows(SQLException.class, () -> s.execute("truncate audit.entry"));
            assertThrows(SQLException.class, () -> s.execute("delete from audit.position"));
        }
    }

    private void assertFault(String kind, long position) {
        AuditVerdict.Fault fault = fault(verify());
        assertEquals(kind, fault.kind());
        assertEquals(position, fault.position());
    }

    private static AuditVerdict.Fault fault(AuditVerdict verdict) {
        AuditVerdict.Fault fault = verdict.fault();
        assertNotNull(fault, "nothing was noticed");
        return fault;
    }

    private AuditVerdict verify() {
        return AuditVerification.verify(sql, Instant.now());
    }

    private void write(int entries) throws SQLException {
        UUID org = db.organisation("HOSPITAL");
        for (int i = 0; i < entries; i++) {
            Leaf leaf = new Leaf(
                    Instant.now().truncatedTo(ChronoUnit.MICROS),
                    org,
                    null,
                    "test.done",
                    "subject " + i,
                    Leaf.plain(Map.of("n", i)));
            byte[] salt = {(byte) i};
            db.inScope(Scope.SYSTEM, c -> {
                try (var s = c.prepareStatement(
                        "insert into audit.entry(at, org_id, action, subject, details, salt, leaf) values (?,?,?,?,?::jsonb,?,?)")) {
                    Sql.bind(
                            c,
                            s,
                            leaf.at(),
                            org,
                            leaf.action(),
                            leaf.subject(),
                            "{\"n\":\"" + leaf.details().get("n") + "\"}",
                            salt,
                            leaf.hash(salt));
                    return s.executeUpdate();
                }
            });
        }
        AuditSequencer.sequence(sql);
        AuditSequencer.anchor(sql, Clock.systemUTC());
    }

    /** Triggers do not stop an administrator; the hashes tell on them. */
    private void behindTheBack(String statements) throws SQLException {
        try (Connection c = db.administrator();
                Statement s = c.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute(statements);
        }
    }
}

package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.MerkleTree;
import org.yiqi.ledger.evidence.StoredTree;
import org.yiqi.shared.TestDatabase;

/** The evidence log at the size of a few years: no false alarm in a million rows, and what each thing costs. */
class MillionLeavesIT {

    private static final int ENTRIES = Integer.getInteger("yiqi.test.leaves", 1_000_000);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path dataDir;

    private final TestDatabase db = TestDatabase.empty();
    private final LedgerFixture ledger = new LedgerFixture(db).addFounders();

    @AfterEach
    void stop() throws IOException {
        db.stop();
    }

    @Test
    @Tag("long")
    void aMillionUntouchedRowsRaiseNoAlarmAndOneTouchedRowDoesWithinAMinute() throws SQLException {
        ledger.relayAll(dataDir);
        write();
        Instant began = Instant.now();
        keep();
        tell("leaves placed and anchored per second", ENTRIES / seconds(began));
        ledger.relayAll(dataDir);
        try (Connection c = db.administrator();
                Statement s = c.createStatement()) {
            s.execute("vacuum analyze");
        }

        Instant walking = Instant.now();
        try (Connection c = db.as("worker").getConnection()) {
            EvidenceVerdict verdict = EvidenceVerification.verify(c, Instant.now());
            assertTrue(verdict.intact(), String.valueOf(verdict.fault()));
            assertEquals(ENTRIES, verdict.size());
        }
        tell("seconds for the whole walk", seconds(walking));
        assertTrue(seconds(walking) <= MINUTE.toSeconds(), "the whole log is verified within a minute");

        EvidenceCheck check = new EvidenceCheck();
        List<Finding> findings = new ArrayList<>();
        while (!check.walked()) {
            findings.addAll(pass(check));
        }
        Instant quiet = Instant.now();
        findings.addAll(pass(check));
        tell("seconds for a pass of the watch with nothing new", seconds(quiet));
        assertEquals(List.of(), findings);

        proofs();

        tamper("update audit.entry set subject = 'someone else' where id = " + ENTRIES / 2);
        Instant changed = Instant.now();
        assertEquals(
                List.of("audit.entry " + ENTRIES / 2),
                pass(check).stream().map(f -> f.table() + " " + f.rowId()).toList());
        tell("seconds until the changed row is named", seconds(changed));
        assertTrue(seconds(changed) < MINUTE.toSeconds());
        tamper("delete from audit.entry where id = " + ENTRIES / 3);
        Instant deleted = Instant.now();
        assertEquals(
                List.of("audit.entry " + ENTRIES / 3),
                pass(check).stream().map(f -> f.table() + " " + f.rowId()).toList());
        tell("seconds until the deleted row is named", seconds(deleted));
        assertTrue(seconds(deleted) < MINUTE.toSeconds());
    }

    private void proofs() throws SQLException {
        try (Connection c = db.as("worker").getConnection()) {
            long size = StoredTree.size(c);
            byte[] root = StoredTree.read(c, nodes -> MerkleTree.root(size, nodes));
            List<List<byte[]>> paths = new ArrayList<>();
            int proofs = 500;
            long step = size / proofs;
            Instant began = Instant.now();
            for (int i = 0; i < proofs; i++) {
                long leaf = i * step;
                paths.add(StoredTree.read(c, nodes -> MerkleTree.inclusion(leaf, size, nodes)));
            }
            tell("milliseconds to make an inclusion proof", seconds(began) * 1000 / proofs);
            int bytes = paths.stream().mapToInt(path -> path.size() * 32).max().orElseThrow();
            tell("bytes of the largest inclusion proof", bytes);
            assertTrue(bytes <= 21 * 32);
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 0; i < proofs; i++) {
                long leaf = i * step;
                hashes.add(StoredTree.read(c, nodes -> nodes.hash(0, leaf)));
            }
            int rounds = 200;
            Instant checking = Instant.now();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < proofs; i++) {
                    byte[] found = MerkleTree.follow(hashes.get(i), i * step, size, paths.get(i));
                    assertTrue(java.util.Arrays.equals(root, found));
                }
            }
            tell("microseconds to check one", seconds(checking) * 1e6 / rounds / proofs);
            plan(c, size);
        }
    }

    private static void plan(Connection c, long size) throws SQLException {
        List<Integer> levels = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        MerkleTree.inclusion(size / 3, size, (level, position) -> {
            if (level > 0) {
                levels.add(level);
                positions.add(position);
            }
            return new byte[32];
        });
        String sql = "explain (analyze, buffers) select n.level, n.position, n.hash from unnest(array" + levels
                + "::int2[], array" + positions
                + "::int8[]) as w(level, position) join evidence.node n on n.level = w.level and n.position = w.position"
                + " union all select 0, l.leaf, l.hash from evidence.leaf l where l.leaf = any(array[" + (size / 3 ^ 1)
                + "]::int8[])";
        StringBuilder plan = new StringBuilder();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            while (rs.next()) {
                plan.append(rs.getString(1)).append('\n');
            }
        }
        System.out.println(plan);
        assertTrue(!plan.toString().contains("Seq Scan"), plan.toString());
    }

    private List<Finding> pass(EvidenceCheck check) throws SQLException {
        try (Connection c = db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<Finding> findings = check.pass(c);
            c.rollback();
            return findings;
        }
    }

    private void keep() throws SQLException {
        try (EvidenceKeeper keeper =
                new EvidenceKeeper(db.as("worker"), ledger.writer, Clock.systemUTC(), MINUTE, 10_000)) {
            assertTrue(keeper.leads());
            while (keeper.run()) {
                // until the queue is empty
            }
        }
    }

    /** Entries as the application writes them, made by the database itself. */
    private void write() throws SQLException {
        try (Connection c = db.administrator();
                Statement s = c.createStatement()) {
            s.execute("""
                    insert into audit.entry(at, action, subject, details, salt, leaf)
                    select at, 'test.done', 'subject ' || n, jsonb_build_object('n', n::text), salt,
                      sha256('\\x00'::bytea || salt || convert_to('{"action":"test.done","at":"'
                        || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '","details":{"n":"' || n
                        || '"},"org":"","person":"","subject":"subject ' || n || '"}', 'UTF8'))
                    from (select n, date_trunc('second', now()) at, sha256(n::text::bytea) salt
                      from generate_series(1, %d) n) e""".formatted(ENTRIES));
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Connection c = db.administrator();
                Statement s = c.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute(sql);
        }
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toNanos() / 1e9;
    }

    private static void tell(String what, double figure) {
        System.out.printf(Locale.ROOT, "%s: %.3f%n", what, figure);
    }
}

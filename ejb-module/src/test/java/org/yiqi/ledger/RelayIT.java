package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;

class RelayIT {

    @TempDir
    Path dataDir;

    private final LedgerFixture ledger = new LedgerFixture();
    private final UUID unit = Ids.next();
    private UUID owner;
    private UUID lessee;

    @BeforeEach
    void aFoundedLedgerAndTwoHospitals() throws SQLException {
        owner = ledger.db.organisation("HOSPITAL");
        lessee = ledger.db.organisation("HOSPITAL");
        ledger.relayAll(dataDir);
    }

    @Test
    void aHandoverReachesTheLedgerWithItsOrganisationsAndKeys() throws SQLException {
        UUID registered = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        UUID accepted = ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        assertEquals(ActState.PENDING, ledger.act(registered).state());
        ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, ledger.act(registered).state());
        assertEquals(ActState.RECORDED, ledger.act(accepted).state());
        assertEquals(lessee, ledger.db.inScope(Scope.SYSTEM, c -> LedgerQueries.unit(unit, new JdbcLedgerState(c))
                .orElseThrow()
                .custodian()));
    }

    @Test
    void whatTheLedgerWouldRefuseIsRefusedAtOnce() throws SQLException {
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        NewAct stolen = NewAct.accepted(unit, lessee, owner, LedgerFixture.now(), Ids.next());
        RuleViolation refusal = assertThrows(RuleViolation.class, () -> ledger.write(stolen));
        assertEquals("ledger.not-custodian", refusal.code());
    }

    @Test
    void anActThatWaitsForASignatureKeepsItsPlaceInTheChain() throws SQLException {
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        UUID waiting = ledger.propose(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()), owner);
        NewAct second = NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next());
        Conflict refusal = assertThrows(Conflict.class, () -> ledger.write(second));
        assertEquals("ledger.chain-reserved", refusal.code());
        ledger.behindTheBack("update ledger.act set expires_at = now() where id = ?", waiting);
        ledger.relayAll(dataDir);
        assertEquals(ActState.EXPIRED, ledger.act(waiting).state());
        ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
    }

    @Test
    void oneRelayLeadsAndAnotherTakesOverWhenItIsGone() throws SQLException {
        UUID act = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        try (Relay second = ledger.relay(dataDir)) {
            try (Relay first = ledger.relay(dataDir)) {
                assertTrue(first.leads());
                assertFalse(second.leads());
                first.run();
                assertEquals(ActState.RECORDED, ledger.act(act).state());
            }
            assertTrue(second.leads());
        }
    }

    @Test
    void aSupersededRelayCannotWrite() throws SQLException {
        try (Relay old = ledger.relay(dataDir)) {
            assertTrue(old.leads());
            ledger.behindTheBack("update ledger.relay_leader set epoch = epoch + 1");
            assertThrows(IllegalStateException.class, old::run);
        }
    }

    @Test
    void aRefusedActStopsItsSubjectAndNobodyElse() throws SQLException {
        UUID other = Ids.next();
        UUID bad = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        UUID behind = ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        UUID good = ledger.write(NewAct.registered(other, owner, LedgerFixture.now()));
        ledger.behindTheBack(
                "update ledger.act set document = replace(document, '\"alg\":\"SM2_SM3\"', '\"alg\":\"ECDSA_P256_SHA256\"') where id = ?",
                bad);
        ledger.relayAll(dataDir);
        assertEquals(ActState.REJECTED, ledger.act(bad).state());
        assertEquals("ledger.wrong-signature", ledger.act(bad).refusal());
        assertEquals(ActState.PENDING, ledger.act(behind).state());
        assertEquals(ActState.RECORDED, ledger.act(good).state());
        NewAct next = NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next());
        assertEquals(
                "ledger.subject-stopped",
                assertThrows(Conflict.class, () -> ledger.write(next)).code());
    }

    @Test
    void aRowThatIsNoActAtAllDoesNotStopTheRelay() throws SQLException {
        UUID bad = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        UUID good = ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        String document = ledger.act(bad).signed().json();
        ledger.behindTheBack("update ledger.act set document = 'x' where id = ?", bad);
        ledger.relayAll(dataDir);
        ledger.behindTheBack("update ledger.act set document = ? where id = ?", document, bad);
        assertEquals("ledger.malformed-act", ledger.act(bad).refusal());
        assertEquals(ActState.RECORDED, ledger.act(good).state());
    }

    @Test
    void killedAtAnyMomentTheRelayLosesAndDoublesNothing() throws Exception {
        List<UUID> acts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            acts.add(ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now())));
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread killer = new Thread(() -> {
            while (!done.get()) {
                try {
                    ledger.behindTheBack(
                            "do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity where usename = 'yiqi_worker'; end $$");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        killer.start();
        int kills = 0;
        try (Relay relay = ledger.relay(dataDir)) {
            while (kills < 40) {
                try {
                    if (relay.leads()) {
                        relay.run();
                    }
                    if (kills % 5 == 0) {
                        acts.add(ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now())));
                    }
                } catch (SQLException | RuntimeException e) {
                    kills++;
                }
            }
        } finally {
            done.set(true);
            killer.join();
        }
        ledger.relayAll(dataDir);
        for (UUID act : acts) {
            assertEquals(ActState.RECORDED, ledger.act(act).state());
        }
        assertJournalIsWhole();
    }

    private void assertJournalIsWhole() throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection();
                var s = c.createStatement();
                var rs = s.executeQuery(
                        "select position, document, recorded_at, previous_hash, hash from ledger.journal order by position")) {
            String previous = JournalEntry.ORIGIN;
            long position = 0;
            while (rs.next()) {
                assertEquals(position, rs.getLong(1));
                assertEquals(previous, rs.getString(4));
                JournalEntry entry =
                        JournalEntry.of(position, rs.getTimestamp(3).toInstant(), rs.getString(2), previous);
                assertEquals(entry.hash(), rs.getString(5));
                previous = entry.hash();
                position++;
            }
            List<SignedHead> inDatabase = Journal.headsAfter(c, -1);
            List<SignedHead> inFile = new HeadFile(dataDir).read();
            assertEquals(inDatabase, inFile);
            assertEquals(previous, inFile.get(inFile.size() - 1).hash());
        }
    }

    @Test
    void theTraceOfAUnitIsItsChain() throws SQLException {
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        ledger.relayAll(dataDir);
        int length =
                ledger.db.inScope(Scope.SYSTEM, c -> LedgerQueries.trace(Subject.custody(unit), new JdbcLedgerState(c))
                        .size());
        assertEquals(1, length);
    }
}

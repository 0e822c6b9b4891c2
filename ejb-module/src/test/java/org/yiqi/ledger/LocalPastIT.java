package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.SignedAct;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.tenancy.Scope;

/** A database leaves its local ledger, up to where the channel comes in. */
class LocalPastIT {

    private static final FabricNetwork NETWORK = new FabricNetwork(
            "yiqi",
            "yiqi",
            "1",
            "",
            "raft1",
            List.of(new FabricNetwork.Organisation(
                    "regulator", "RegulatorMSP", false, List.of(), List.of(), List.of())),
            new FabricNetwork.Client("PlatformMSP", Path.of("c"), Path.of("k"), "peer"),
            null);

    @TempDir
    Path dataDir;

    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.empty()).addFounders();
    private final UUID unit = Ids.next();
    private UUID owner;
    private UUID lessee;

    @BeforeEach
    void aLocalLedgerWithAFewActs() throws SQLException {
        owner = ledger.db.organisation("HOSPITAL");
        lessee = ledger.db.organisation("HOSPITAL");
        ledger.relayAll(dataDir);
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        ledger.relayAll(dataDir);
        ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        ledger.write(NewAct.holdPlaced(unit, owner, "RECALL", LedgerFixture.now(), null));
        ledger.relayAll(dataDir);
    }

    @AfterEach
    void stop() throws IOException {
        ledger.db.stop();
    }

    private void growFrom(String hash) throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            new GrowingUp(ledger.db.as("owner"), NETWORK, dataDir)
                    .run(c, Optional.ofNullable(hash), LedgerFixture.now());
        }
    }

    private String refusal(String hash) throws SQLException {
        String before = everything();
        String message =
                assertThrows(LedgerKind.WrongLedger.class, () -> growFrom(hash)).getMessage();
        assertEquals(before, everything());
        return message;
    }

    private String lastHash() throws SQLException {
        return (String) ledger.value("select hash from ledger.journal order by position desc limit 1");
    }

    private long count(String sql) throws SQLException {
        return ((Number) ledger.value(sql)).longValue();
    }

    /** One digest over every row of the ledger. */
    private String everything() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String table : List.of(
                "act", "journal", "signed_head", "state", "checkpoint", "local_journal", "local_head", "local_past")) {
            all.append(ledger.value(
                    "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ledger." + table + " t"));
            all.append(ledger.value(
                    "select relforcerowsecurity from pg_class where oid = 'ledger." + table + "'::regclass"));
        }
        return all.toString();
    }

    private List<String> inOutbox() throws SQLException {
        return ledger.db.inScope(Scope.SYSTEM, c -> {
            List<String> documents = new ArrayList<>();
            for (Outbox.Pending act : Outbox.past(c, 1000)) {
                documents.add(act.document());
            }
            return documents;
        });
    }

    private List<String> inJournal(String table) throws SQLException {
        List<String> documents = new ArrayList<>();
        try (Connection c = ledger.db.administrator();
                var s = c.createStatement();
                var rs = s.executeQuery(
                        "select document from ledger." + table + " where act_id is not null order by position")) {
            while (rs.next()) {
                documents.add(rs.getString(1));
            }
        }
        return documents;
    }

    private List<Finding> findings() throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new LedgerCheck(dataDir).pass(c);
        }
    }

    @Test
    void withoutAWordOfTheOperatorNothingMovesAndTheHashToNameIsNamed() throws SQLException {
        long acts = count("select count(act_id) from ledger.journal");
        assertTrue(refusal(null).contains(lastHash() + " after " + acts + " acts"));
    }

    @Test
    void anotherHashIsRefusedAndTheRightOneIsNamed() throws SQLException {
        assertTrue(refusal("ab".repeat(32)).contains("ends with " + lastHash()));
    }

    @Test
    void whileARelayStillLeadsNothingMoves() throws SQLException {
        try (Relay relay = ledger.relay(dataDir)) {
            assertTrue(relay.leads());
            assertTrue(refusal(lastHash()).contains("stop it first"));
        }
    }

    @Test
    void aJournalThatDoesNotHoldStaysWhereItIs() throws SQLException {
        ledger.behindTheBack("update ledger.act set document = replace(document, 'RECALL', 'RECALLED')");
        assertTrue(refusal(lastHash()).contains("does not hold"));
    }

    @Test
    void whatTheChannelWouldRefuseIsRefusedBeforehand() throws SQLException {
        // Another history, chained and signed anew by whoever has the operator's key, but not the hospital's.
        String forged =
                inJournal("journal").get(inJournal("journal").size() - 1).replace("RECALL", "RETIRED");
        long position = count("select max(position) from ledger.journal");
        try (Connection c = ledger.db.administrator()) {
            c.setAutoCommit(false);
            try (var s = c.createStatement()) {
                s.execute("delete from ledger.journal where position = " + position);
                s.execute("delete from ledger.signed_head where position = " + position);
            }
            UUID act = SignedAct.parse(forged).act().id();
            Journal journal = new Journal(c);
            journal.add(act, "holds:" + unit, forged, LedgerFixture.now());
            journal.write(ledger.keys, LedgerFixture.now());
            try (var s = c.prepareStatement("update ledger.act set document = ?, digest = ? where id = ?")) {
                s.setString(1, forged);
                s.setString(2, SignedAct.parse(forged).act().digest());
                s.setObject(3, act);
                s.executeUpdate();
            }
            try (var s = c.createStatement()) {
                s.execute("delete from ledger.state where key like 'head/holds:%'");
                s.execute("update ledger.state set value = '" + forged + "' where key = 'act/" + act + "'");
            }
            c.commit();
        }
        deleteHeads();
        assertTrue(refusal(lastHash()).contains("ledger.wrong-signature"));
    }

    private void deleteHeads() {
        try {
            Files.delete(new HeadFile(dataDir).path());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theActsWaitInTheJournalsOrderWithTheirBytesAndTheJournalIsPutAside() throws SQLException, IOException {
        List<String> acts = inJournal("journal");
        UUID waiting = ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        String hash = lastHash();
        List<String> heads = Files.readAllLines(new HeadFile(dataDir).path());
        growFrom(hash);
        assertEquals(acts, inOutbox());
        assertEquals(acts, inJournal("local_journal"));
        assertEquals(ActState.PENDING, ledger.act(waiting).state());
        assertEquals(acts.size() + 1, count("select count(*) from ledger.act where state = 'PENDING'"));
        assertEquals(0, count("select count(*) from ledger.journal"));
        assertEquals(List.of(), findings());
        assertEquals(heads, Files.readAllLines(dataDir.resolve("ledger/local-heads.jsonl")));
        assertFalse(Files.exists(new HeadFile(dataDir).path()));
        assertTheFileIsTheJournal(hash);
    }

    /** Whoever has the file alone can recompute the hash. */
    private void assertTheFileIsTheJournal(String hash) throws IOException {
        String previous = JournalEntry.ORIGIN;
        for (String line : Files.readAllLines(dataDir.resolve("ledger/local-journal.jsonl"))) {
            var tree = CanonicalJson.read(line);
            previous = JournalEntry.of(
                            Long.parseLong(String.valueOf(tree.get("position"))),
                            Instant.parse(String.valueOf(tree.get("recordedAt"))),
                            String.valueOf(tree.get("document")),
                            previous)
                    .hash();
        }
        assertEquals(hash, previous);
    }

    @Test
    void startedAgainItMovesNothingTwice() throws SQLException, IOException {
        String hash = lastHash();
        List<String> heads = Files.readAllLines(new HeadFile(dataDir).path());
        growFrom(hash);
        String moved = everything();
        // Killed after the commit, the application has left the old file of heads in its place.
        Files.write(new HeadFile(dataDir).path(), heads);
        growFrom(hash);
        assertFalse(Files.exists(new HeadFile(dataDir).path()));
        growFrom(null);
        assertEquals(moved, everything());
        assertTrue(refusal("ab".repeat(32)).contains("has grown up already and ended with " + hash));
        try (Connection c = ledger.db.as("worker").getConnection()) {
            assertThrows(LedgerKind.WrongLedger.class, () -> LedgerKind.LOCAL.claim(c));
        }
    }

    @Test
    void businessGoesOnBeforeTheChannelIsFounded() throws SQLException {
        growFrom(lastHash());
        UUID back = ledger.write(NewAct.returned(unit, lessee, owner, LedgerFixture.now(), Ids.next()));
        UUID newcomer = ledger.db.organisation("HOSPITAL");
        ledger.write(NewAct.registered(Ids.next(), newcomer, LedgerFixture.now()));
        assertEquals(ActState.PENDING, ledger.act(back).state());
        assertEquals(inJournal("local_journal"), inOutbox(), "what is new waits behind the past");
    }

    @Test
    void whatWasPutAsideStaysAsItIs() throws SQLException {
        growFrom(lastHash());
        for (String role : List.of("owner", "worker", "app")) {
            for (String change : List.of(
                    "delete from ledger.local_journal",
                    "update ledger.local_head set hash = ''",
                    "truncate ledger.local_past")) {
                try (Connection c = ledger.db.as(role).getConnection();
                        var s = c.createStatement()) {
                    assertEquals(
                            "42501",
                            assertThrows(SQLException.class, () -> s.execute(change))
                                    .getSQLState(),
                            role + ": " + change);
                }
            }
        }
    }

    @Test
    void theRegulatorIsOfferedTheSameFoundingAndWhatItContinues() throws SQLException {
        String founding = (String) ledger.value("select document from ledger.journal where position = 0");
        String hash = lastHash();
        growFrom(hash);
        try (Connection c = ledger.db.as("worker").getConnection()) {
            LocalPast past = LocalPast.of(c).orElseThrow();
            assertEquals(founding, past.founding().json());
            assertEquals(hash, past.end().hash());
            assertFalse(past.end().until().isAfter(LedgerFixture.now().plus(1, ChronoUnit.MINUTES)));
        }
    }
}

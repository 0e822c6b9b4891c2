package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.Subject;
import org.yiqi.disposal.EndStory;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.rental.LiabilityFixture;
import org.yiqi.shared.Ids;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.standalone.Folders;
import org.yiqi.system.Platform;
import org.yiqi.system.fabric.OfflineProof;

/** Acts on their way to a real channel: a network of four organisations, PostgreSQL, and the relay as a bare JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FabricRelayIT {

    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = CLONE.resolve("system-tests/target/relay-network");
    private static final int FLIPS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LedgerFixture ledger = new LedgerFixture();
    private Path data;
    private Path description;
    private FabricChannel channel;
    private Process relay;
    private UUID owner;
    private UUID lessee;

    @BeforeAll
    void aFoundedChannelAndTwoHospitals() throws IOException, InterruptedException, SQLException {
        description = network();
        channel = FabricChannel.open(FabricNetwork.read(description));
        data = Files.createTempDirectory("relay");
        start();
        Platform.await("the founding", PATIENCE, () -> count("select count(*) from ledger.journal") > 0);
        owner = ledger.db.organisation("HOSPITAL");
        lessee = ledger.db.organisation("HOSPITAL");
    }

    @AfterAll
    void end() throws IOException, InterruptedException {
        if (relay != null) {
            kill();
        }
        if (channel != null) {
            channel.close();
        }
        if (System.getProperty("yiqi.fabric.network") == null) {
            yiqi("down", "--data", FOLDER.toString());
        }
    }

    /** A network of its own, or one that runs already: {@code -Dyiqi.fabric.network=…/network.json}; it must be fresh. */
    private static Path network() throws IOException, InterruptedException {
        String running = System.getProperty("yiqi.fabric.network");
        if (running != null) {
            return Path.of(running);
        }
        yiqi("down", "--data", FOLDER.toString());
        Folders.delete(FOLDER);
        yiqi("up", "--data", FOLDER.toString(), "--port", "12500");
        return FOLDER.resolve("network.json");
    }

    private static void yiqi(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CLONE.resolve("yiqi").toString(), "fabric"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(CLONE.toFile())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(10, TimeUnit.MINUTES), "./yiqi fabric did not end");
    }

    private void start() throws IOException {
        relay = RelayProcess.launch(ledger.db.url(), data, description, 100);
    }

    private void kill() throws InterruptedException {
        relay.destroyForcibly();
        relay.waitFor();
    }

    private long count(String sql) {
        try {
            return ((Number) ledger.value(sql)).longValue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long waiting() {
        return count("select count(*) from ledger.act where state = 'PENDING' and not exists"
                + " (select 1 from ledger.stopped_subject s where s.subject = act.subject)");
    }

    private void allRecorded() {
        Platform.await("all acts to be recorded", PATIENCE, () -> waiting() == 0);
    }

    /** The story as the local ledger has it, and proofs of it by peers that the platform does not run. */
    @Test
    void oneDeviceIsToldToItsEndAndEachStepIsProvedOffline() throws Exception {
        LiabilityFixture region = LiabilityFixture.persistent(acts -> allRecorded());
        EndStory.Told told = new EndStory(region).tell();
        assertEquals(
                0,
                count("select count(*) from ledger.act where state = 'REJECTED' and document::text like '%"
                        + told.unit() + "%'"));
        yiqi("status", "--data", description.getParent().toString());
        for (Subject subject : told.subjects()) {
            NetworkBundle bundle =
                    ledger.db.inScope(Scope.SYSTEM, c -> NetworkBundleMaker.make(c, channel, List.of(subject), null)
                            .orElseThrow());
            Path zip = data.resolve(subject.kind() + ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                out.putNextEntry(new ZipEntry("bundle.json"));
                out.write(bundle.json().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
            new OfflineProof(description.getParent(), zip).holdsAndNothingElseDoes(FLIPS);
        }
    }

    @Test
    void aHandoverIsRecordedAndItsRowNamesBlockAndTransaction() throws SQLException {
        UUID unit = Ids.next();
        UUID registered = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        UUID accepted = ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        allRecorded();
        ActView first = ledger.act(registered);
        ActView second = ledger.act(accepted);
        assertEquals(ActState.RECORDED, first.state());
        assertEquals(ActState.RECORDED, second.state());
        assertNotNull(first.transactionId());
        // A unit's second handover waits for the block of the first: peers must know whom to ask.
        assertTrue(second.block() > first.block());
        assertTrue(channel.ask(
                        "custodianAt",
                        "custody:" + unit,
                        LedgerFixture.now().plusSeconds(1).toString())
                .contains(lessee.toString()));
    }

    @Test
    void aRefusedActStopsItsSubjectAndNobodyElse() throws SQLException {
        UUID bad = ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        UUID good;
        ledger.behindTheBack("update ledger.act set outbox_order = null where id = ?", bad);
        ledger.behindTheBack(
                "update ledger.act set document = replace(document, '\"alg\":\"SM2_SM3\"', '\"alg\":\"ECDSA_P256_SHA256\"'),"
                        + " outbox_order = nextval('ledger.act_order') where id = ?",
                bad);
        good = ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        Platform.await(
                "the refusal",
                PATIENCE,
                () -> count("select count(*) from ledger.act where state = 'REJECTED' and id = '" + bad + "'") == 1);
        allRecorded();
        assertEquals("ledger.wrong-signature", ledger.act(bad).refusal());
        assertEquals(ActState.RECORDED, ledger.act(good).state());
    }

    @Test
    void aBundleProvesAUnitsHistoryByReceiptsOfOthersPeers() throws SQLException {
        UUID unit = Ids.next();
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        allRecorded();
        List<Subject> subjects = List.of(Subject.custody(unit), Subject.holds(unit));
        NetworkBundle bundle =
                ledger.db.inScope(Scope.SYSTEM, c -> NetworkBundleMaker.make(c, channel, subjects, "0123456789abcdef")
                        .orElseThrow());
        String founding = bundle.founding().digest();
        NetworkBundleCheck.Trust trust = new NetworkBundleCheck.Trust(
                founding, NetworkBundleMaker.trusted(channel.network()), "0123456789abcdef");
        NetworkBundleCheck.Result result = NetworkBundleCheck.run(NetworkBundle.parse(bundle.json()), trust);
        assertTrue(result.holds(), () -> result.steps().toString());
        assertEquals(2, result.operators().size());
    }

    @Test
    void whatWasReadFromTheBlocksIsWhatTheRowsSay() throws SQLException {
        ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        allRecorded();
        try (Connection c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertEquals(List.of(), new LedgerCheck(data).pass(c));
        }
    }
}

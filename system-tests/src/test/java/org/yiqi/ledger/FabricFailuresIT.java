package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yiqi.ledger.fabric.ChannelBlock;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.system.Platform;
import org.yiqi.system.fabric.FabricRun;

/**
 * Parts of a network of three orderers are killed, one after another, while acts keep coming. Whatever dies: every act is
 * on the channel in the end, once, and in the meantime the status says that acts wait, and why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FabricFailuresIT {

    private static final int PORT = 18100;
    private static final List<String> ORDERERS = List.of("orderer.regulator", "orderer.hospital", "orderer.supplier");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MILLIS_BETWEEN_UNITS = 50;
    /** So many acts are recorded before and after something is killed. */
    private static final int FLOWING = 40;

    private final TestDatabase database = TestDatabase.empty();
    private final LedgerFixture ledger = new LedgerFixture(database).addFounders();
    private final Random random = new Random(20261126);
    private final AtomicInteger written = new AtomicInteger();
    private final Queue<Exception> surprises = new ConcurrentLinkedQueue<>();
    private FabricRun network;
    private Path data;
    private Process relay;
    private UUID owner;
    private UUID lessee;
    private ScheduledExecutorService people;
    private Future<?> writing;

    @BeforeAll
    void aFoundedChannelAndTwoHospitals() throws Exception {
        network = FabricRun.start("failures", PORT, "raft3");
        data = Files.createTempDirectory("failures");
        start();
        Platform.await("the founding", PATIENCE, () -> count("select count(*) from ledger.journal") > 0);
        owner = database.organisation("HOSPITAL");
        lessee = database.organisation("HOSPITAL");
    }

    @AfterAll
    void end() throws Exception {
        if (relay != null) {
            kill();
        }
        if (network != null) {
            network.close();
        }
        database.stop();
    }

    @BeforeEach
    void actsKeepComing() {
        people = Executors.newSingleThreadScheduledExecutor();
        writing = people.scheduleAtFixedRate(this::write, 0, MILLIS_BETWEEN_UNITS, TimeUnit.MILLISECONDS);
        flows();
    }

    @AfterEach
    void nobodyWritesAnyMore() throws InterruptedException {
        writing.cancel(false);
        people.shutdown();
        assertTrue(people.awaitTermination(1, TimeUnit.MINUTES), "the last act is written");
    }

    /** A unit enters and is handed over: the second act needs the peer of the first custodian's host. */
    private void write() {
        try {
            UUID unit = Ids.next();
            ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
            ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
            written.addAndGet(2);
        } catch (SQLException | RuntimeException e) {
            surprises.add(e);
        }
    }

    private Path description() {
        return network.data().resolve("network.json");
    }

    private void start() throws IOException {
        relay = RelayProcess.launch(database.url(), data, description(), 100);
    }

    private void kill() throws InterruptedException {
        relay.destroyForcibly();
        relay.waitFor();
    }

    @Test
    void theContractProcessOfAnEndorserDies() throws Exception {
        network.kill("contract.hospital");
        Instant killed = Instant.now();
        actsWaitAndTheStatusSaysWhy();
        network.expect("up");
        recovers("the hospital's contract process, started again", killed);
    }

    @Test
    void theLeaderOfTheOrderersDies() throws Exception {
        String leader = leader();
        network.kill(leader);
        Instant killed = Instant.now();
        Platform.await("transactions of which no block tells", PATIENCE, () -> {
            LedgerStatus status = status();
            return status.pending() > FLOWING && status.channel().onTheWay() > 0 && status.oldestPendingSeconds() > 0;
        });
        // The other two go on without it.
        recovers("the leader of the orderers, left dead", killed);
        assertNotEquals(leader, leader());
        network.expect("up");
    }

    @Test
    @Tag("long")
    void thePeerOfAnEndorserDies() throws Exception {
        network.kill("peer0.hospital");
        Instant killed = Instant.now();
        actsWaitAndTheStatusSaysWhy();
        // What needs no consent of a hospital's host goes on without it, and handovers wait.
        Platform.await("units to enter the ledger", PATIENCE, () -> entered(killed) >= 4 * FLOWING);
        assertTrue(status().pending() >= FLOWING, "handovers wait");
        actsWaitAndTheStatusSaysWhy();
        network.expect("up");
        recovers("the hospital's peer, started again", killed);
    }

    @Test
    @Tag("long")
    void oneOfTheRegulatorsTwoPeersDies() throws Exception {
        network.kill("peer0.regulator");
        // The other one endorses.
        recovers("one of the regulator's two peers, left dead", Instant.now());
        network.expect("up");
    }

    @Test
    @Tag("long")
    void thePlatformsOwnPeerDies() throws Exception {
        network.kill("peer0.platform");
        Instant killed = Instant.now();
        actsWaitAndTheStatusSaysWhy();
        // Long enough for gRPC to pause for many seconds between its own attempts to connect.
        Platform.await(
                "half a minute without its peer",
                PATIENCE,
                () -> Duration.between(killed, Instant.now()).toSeconds() >= 30);
        network.expect("up");
        Instant up = Instant.now();
        recovers("the platform's own peer, started again after half a minute", killed);
        assertEquals(0, Duration.between(up, Instant.now()).toMinutes(), "it does not wait for gRPC's long pauses");
    }

    @Test
    void theRelayDiesAFewTimes() throws Exception {
        survives(5);
    }

    @Test
    @Tag("long")
    void theRelayDiesAHundredTimes() throws Exception {
        survives(100);
    }

    private void survives(int kills) throws Exception {
        Instant began = Instant.now();
        for (int i = 0; i < kills; i++) {
            // Anywhere between the start of the JVM and the acts' being recorded.
            if (!relay.waitFor(200 + random.nextInt(4000), TimeUnit.MILLISECONDS)) {
                kill();
            }
            start();
        }
        recovers(kills + " deaths of the relay", began);
    }

    private long entered(Instant since) {
        return count("select count(*) from ledger.act where state = 'RECORDED' and type = 'custody.registered'"
                + " and created_at > '" + since + "'");
    }

    /** What {@link LedgerStatuses} tells everybody. */
    private LedgerStatus status() {
        Optional<FabricNetwork> channel = Optional.of(FabricNetwork.read(description()));
        return inSystem(c -> LedgerStatuses.read(c, channel, Instant.now()));
    }

    /** What {@link RelayStatuses} tells operators and regulators. */
    private RelayStatus why() {
        return inSystem(RelayStatuses::read);
    }

    private <R> R inSystem(TestDatabase.Work<R> work) {
        try {
            return database.inScope(Scope.SYSTEM, work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void actsWaitAndTheStatusSaysWhy() {
        Platform.await("the status to say that acts wait and why", PATIENCE, () -> {
            LedgerStatus status = status();
            RelayStatus why = why();
            return status.pending() > 0
                    && status.oldestPendingSeconds() > 0
                    && status.attempts() > 0
                    && why.problem() != null
                    && why.problemSince() != null
                    && !why.oldest().isEmpty();
        });
    }

    /** Acts flow again; when no more come, each of them is on the channel once. */
    private void recovers(String what, Instant since) throws Exception {
        flows();
        long millis = Duration.between(since, Instant.now()).toMillis();
        nobodyWritesAnyMore();
        assertEquals(List.of(), List.copyOf(surprises));
        Platform.await("all acts to be recorded", PATIENCE, () -> status().pending() == 0);
        assertEquals(0, status().rejected(), "refused acts");
        assertEquals(0, status().attempts(), "the status says that all is well");
        List<UUID> acts = acts();
        assertEquals(onceEach(acts), onChannel());
        try (Connection c = database.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertEquals(List.of(), new LedgerCheck(data).pass(c));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: acts flowed again after %.1f s; %d acts on the channel, none lost, none doubled%n",
                what,
                millis / 1000.0,
                acts.size());
    }

    /** Acts that were written after now are recorded. */
    private void flows() {
        int sofar = written.get();
        Platform.await("more acts", PATIENCE, () -> written.get() >= sofar + FLOWING);
        long target = count("select max(outbox_order) from ledger.act");
        Platform.await(
                "acts to be recorded",
                PATIENCE,
                () -> count("select count(*) from ledger.act where state = 'PENDING' and outbox_order <= " + target)
                        == 0);
    }

    private static Map<UUID, Integer> onceEach(List<UUID> acts) {
        Map<UUID, Integer> once = new HashMap<>();
        acts.forEach(act -> once.put(act, 1));
        return once;
    }

    private List<UUID> acts() throws SQLException {
        List<UUID> acts = new ArrayList<>();
        try (Connection c = database.administrator();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select id from ledger.act where state = 'RECORDED'")) {
            while (rs.next()) {
                acts.add(rs.getObject(1, UUID.class));
            }
        }
        assertEquals(count("select count(*) from ledger.act"), acts.size(), "rows, all recorded");
        return acts;
    }

    /** How often each act was written by a valid transaction, read from the blocks themselves. */
    private Map<UUID, Integer> onChannel() {
        long height = status().channel().height();
        Map<UUID, Integer> times = new HashMap<>();
        try (FabricChannel channel = FabricChannel.open(FabricNetwork.read(description()));
                FabricChannel.Blocks blocks = channel.blocksFrom(0)) {
            for (long number = 0; number < height; number++) {
                for (ChannelBlock.Transaction each : blocks.next().transactions()) {
                    if (each.valid()) {
                        each.writes().keySet().stream()
                                .filter(key -> key.startsWith("act/"))
                                .map(key -> UUID.fromString(key.substring("act/".length())))
                                .forEach(act -> times.merge(act, 1, Integer::sum));
                    }
                }
            }
        }
        return times;
    }

    private long count(String sql) {
        try {
            return ((Number) ledger.value(sql)).longValue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The orderer that says of itself that it leads. */
    private static String leader() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < ORDERERS.size(); i++) {
            URI metrics = URI.create("http://127.0.0.1:" + (PORT + 10 * i + 2) + "/metrics");
            try {
                String said = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                if (said.lines()
                        .anyMatch(line -> line.startsWith("consensus_etcdraft_is_leader") && line.endsWith(" 1"))) {
                    return ORDERERS.get(i);
                }
            } catch (ConnectException e) {
                // This one is dead.
            }
        }
        throw new IllegalStateException("nobody leads");
    }
}

package org.yiqi.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SealedReading;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.evidence.AnchoredRoot;
import org.yiqi.ledger.evidence.StoredTree;
import org.yiqi.ledger.fabric.EndorsedTransaction;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/** The product's ledger on a channel, in this JVM: acts signed into the outbox, the relay, the evidence log, proofs. */
public final class LedgerRun implements AutoCloseable {

    private static final int ANCHORED_AT_ONCE = 10_000;
    private static final int REFERENCE_ACTS = 40;

    private final PGSimpleDataSource application;
    private final PGSimpleDataSource worker;
    private final KeyStore keys;
    private final Clock clock = Clock.systemUTC();
    private final ActWriter writer;
    private final HeadFile heads;
    private final FabricChannel channel;
    private final Endorsers endorsers;
    private final UUID owner;
    private final int largestBatch;
    private final Semaphore signal = new Semaphore(0);

    /**
     * On a database with a platform and a regulator, and a channel that nobody has founded.
     *
     * @param settings those of the application: {@code yiqi.db.url}, {@code yiqi.data.dir}, …
     * @param owner an approved organisation, the owner of all units
     * @param largestBatch how many acts a transaction has at most
     */
    public LedgerRun(Map<String, String> settings, Path network, UUID owner, int largestBatch) throws SQLException {
        application = database(settings, "yiqi.db.user", "yiqi.db.password");
        worker = database(settings, "yiqi.db.worker.user", "yiqi.db.worker.password");
        keys = new KeyStore(settings.getOrDefault("yiqi.key-encryption-key", ""), Optional.empty());
        writer = new ActWriter(keys, clock, queued -> {});
        heads = new HeadFile(Path.of(settings.getOrDefault("yiqi.data.dir", "")));
        channel = FabricChannel.open(FabricNetwork.read(network));
        endorsers = new Endorsers(channel.network());
        this.owner = owner;
        this.largestBatch = largestBatch;
        relay(largestBatch, () -> holds("select exists (select 1 from ledger.journal)"));
        // The owner's own entry is behind us when the clock starts.
        write(1);
        relay(largestBatch, this::isEmpty);
    }

    private static PGSimpleDataSource database(Map<String, String> settings, String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(settings.get("yiqi.db.url"));
        database.setUser(settings.get(user));
        database.setPassword(settings.get(password));
        return database;
    }

    /** Something that the run waits for. */
    private interface Condition {
        boolean holds() throws SQLException;
    }

    private interface Work<R> {
        R on(Connection c) throws SQLException;
    }

    /** The product's way: from the outbox to the rows that say <em>recorded</em>. Acts per second. */
    public double relayed(int acts) throws SQLException {
        return relayed(acts, largestBatch);
    }

    /** The same relay with one act in a transaction. */
    public double relayedOneByOne() throws SQLException {
        return relayed(REFERENCE_ACTS, 1);
    }

    private double relayed(int acts, int batch) throws SQLException {
        write(acts);
        long began = System.nanoTime();
        relay(batch, this::isEmpty);
        return acts / seconds(began);
    }

    /** The naive way: each act in a transaction of its own, sent by so many clients at once. Acts per second. */
    public double oneByOne(int acts, int clients) throws SQLException {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < acts; i++) {
            documents.add(write(Ids.next()));
        }
        ExecutorService all = Executors.newFixedThreadPool(clients);
        try (Leadership lead = new Leadership(worker);
                BlockListener blocks = listener(lead)) {
            blocks.start(LedgerRun::daemon);
            long began = System.nanoTime();
            List<Future<?>> sent = new ArrayList<>();
            for (String document : documents) {
                sent.add(all.submit(() -> send(document)));
            }
            for (Future<?> each : sent) {
                get(each);
            }
            await(this::isEmpty);
            return acts / seconds(began);
        } finally {
            all.shutdownNow();
        }
    }

    private void send(String document) {
        EndorsedTransaction endorsed =
                channel.endorse("record", List.of("[" + document + "]"), endorsers.with(Set.of()));
        channel.send(endorsed.content());
    }

    private BlockListener listener(Leadership lead) throws SQLException {
        if (lead.stand() == Leadership.Standing.FOLLOWS) {
            throw new IllegalStateException("somebody else leads");
        }
        Projection projection = new Projection(channel.network(), keys, clock, lead.epoch());
        return new BlockListener(channel, worker, projection, heads, signal::release);
    }

    /** Milliseconds from an act's row to its record, the median of lone acts that are sent at once. */
    public double loneMillis(int acts) throws SQLException {
        long before = lastOrder();
        try (Leadership lead = new Leadership(worker);
                BlockListener blocks = listener(lead)) {
            blocks.start(LedgerRun::daemon);
            for (int i = 0; i < acts; i++) {
                send(write(Ids.next()));
                await(this::isEmpty);
            }
        }
        return millisToRecorded(before, 0.5);
    }

    /** The 95th percentile of the same for acts that the relay takes while they keep coming. */
    public double flowMillis(int acts, int perSecond) throws SQLException {
        long before = lastOrder();
        ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor();
        List<Future<?>> writing = new ArrayList<>();
        try {
            for (int i = 0; i < acts; i++) {
                writing.add(people.schedule(
                        () -> {
                            write(1);
                            signal.release();
                            return null;
                        },
                        i * 1_000_000L / perSecond,
                        TimeUnit.MICROSECONDS));
            }
            relay(largestBatch, () -> writing.get(acts - 1).isDone() && isEmpty());
        } finally {
            people.shutdownNow();
        }
        return millisToRecorded(before, 0.95);
    }

    private double millisToRecorded(long after, double share) throws SQLException {
        try (Connection c = worker.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        select percentile_cont(?) within group (order by extract(epoch from recorded_at - created_at)) * 1000
                        from ledger.act where outbox_order > ?""")) {
            s.setDouble(1, share);
            s.setLong(2, after);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getDouble(1);
            }
        }
    }

    /** From the evidence queue to roots that the channel has recorded. Leaves per second. */
    public double anchored(long leaves) throws SQLException {
        long began = System.nanoTime();
        keep(Duration.ofMinutes(1));
        // What came after the last root would wait for its minute.
        keep(Duration.ZERO);
        if (!holds("select max(size) = " + leaves + " from evidence.root")) {
            throw new IllegalStateException("not all leaves were anchored");
        }
        return leaves / seconds(began);
    }

    /** Empties the queue and anchors, with the relay beside it. */
    private void keep(Duration patience) throws SQLException {
        ExecutorService keeping = Executors.newSingleThreadExecutor();
        try (EvidenceKeeper keeper = new EvidenceKeeper(worker, writer, clock, patience, ANCHORED_AT_ONCE)) {
            Future<?> kept = keeping.submit(() -> {
                boolean more = keeper.leads();
                while (more) {
                    more = keeper.run();
                    signal.release();
                }
                return null;
            });
            relay(largestBatch, () -> kept.isDone() && isEmpty());
            get(kept);
        } finally {
            keeping.shutdownNow();
        }
    }

    /** Seconds to recompute the whole evidence log from its rows. */
    public double verified(long leaves) throws SQLException {
        long began = System.nanoTime();
        try (Connection c = worker.getConnection()) {
            EvidenceVerdict verdict = EvidenceVerification.verify(c, clock.instant());
            if (!verdict.intact() || verdict.size() < leaves) {
                throw new IllegalStateException("the log does not hold: " + verdict);
            }
        }
        return seconds(began);
    }

    /** What proves a new act. */
    public NetworkBundle bundle() throws SQLException {
        UUID unit = Ids.next();
        write(unit);
        relay(largestBatch, this::isEmpty);
        return inSystem(c -> NetworkBundleMaker.make(c, channel, List.of(Subject.custody(unit)), null)
                .orElseThrow());
    }

    /** What a verifier of bundles has. */
    public NetworkBundleCheck.Trust trust(NetworkBundle bundle) {
        return new NetworkBundleCheck.Trust(
                bundle.founding().digest(), NetworkBundleMaker.trusted(channel.network()), null);
    }

    /** How many bytes prove one of so many readings of an hour: the reading, its way to the hour's root, and the hour. */
    public int bytesOfReading(int readings) throws SQLException {
        UUID device = Ids.next();
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        List<SealedReading> all = IntStream.range(0, readings)
                .mapToObj(i -> new SealedReading(device, "coolingTemperature", hour.plusMillis(i), 6.4))
                .toList();
        List<byte[]> leaves = all.stream().map(reading -> reading.leaf(seed)).toList();
        Map<String, Object> sealed = Map.of(
                "device",
                device,
                "hour",
                hour,
                "readings",
                readings,
                "revision",
                1,
                "root",
                HexFormat.of().formatHex(MerkleTree.root(leaves)));
        EvidenceOf of = EvidenceOf.telemetry(device, hour);
        inSystem(c -> Exhibits.submit(c, of, null, sealed, true, clock.instant()));
        keep(Duration.ZERO);
        int place = readings / 2;
        String reading = CanonicalJson.write(Map.of(
                "content",
                new String(all.get(place).bytes(), StandardCharsets.UTF_8),
                "path",
                base64(MerkleTree.inclusion(place, readings, MerkleTree.complete(leaves))),
                "place",
                Integer.toString(place),
                "readings",
                Integer.toString(readings),
                "salt",
                Base64.getEncoder().encodeToString(all.get(place).salt(seed))));
        return reading.length() + inSystem(c -> proof(c, of)).json().length();
    }

    private static EvidenceProof proof(Connection c, EvidenceOf of) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select l.leaf, encode(x.hash, 'hex'), encode(x.salt, 'base64'), x.content
                from evidence.exhibit x join evidence.leaf l on l.exhibit_id = x.id where x.ref = ?""")) {
            s.setString(1, of.ref());
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                long leaf = rs.getLong(1);
                AnchoredRoot root = AnchoredRoot.covering(c, leaf).get(0);
                return new EvidenceProof(
                        of.toString(),
                        leaf,
                        rs.getString(2),
                        rs.getString(3),
                        rs.getString(4),
                        root.size(),
                        base64(StoredTree.read(c, nodes -> MerkleTree.inclusion(leaf, root.size(), nodes))),
                        ActStore.find(c, Objects.requireNonNull(root.act()))
                                .orElseThrow()
                                .signed());
            }
        }
    }

    private static List<String> base64(List<byte[]> path) {
        return path.stream().map(Base64.getEncoder()::encodeToString).toList();
    }

    private void write(int acts) throws SQLException {
        for (int i = 0; i < acts; i++) {
            write(Ids.next());
        }
    }

    /** Puts a unit's first act into the outbox, signed, and returns it. */
    private String write(UUID unit) throws SQLException {
        return inSystem(c -> {
            ActWriter.Draft draft = writer.draft(c, NewAct.registered(unit, owner, clock.instant()));
            ActSignature signature = writer.sign(c, owner, null, draft.act()).orElseThrow();
            SignedAct signed = new SignedAct(draft.act(), List.of(signature));
            writer.insert(c, signed, Set.of(), null, null);
            return signed.json();
        });
    }

    /** Runs the relay as the application does, until something holds. */
    private void relay(int batch, Condition done) throws SQLException {
        try (FabricRelay relay =
                new FabricRelay(worker, keys, clock, heads, channel, LedgerRun::daemon, signal::release, batch)) {
            await(() -> {
                while (relay.leads() && relay.run().full()) {
                    // more could go at once
                }
                return done.holds();
            });
        }
    }

    private void await(Condition done) throws SQLException {
        try {
            while (!done.holds()) {
                if (signal.tryAcquire(1, TimeUnit.SECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isEmpty() throws SQLException {
        return holds("select not exists (select 1 from ledger.act where state = 'PENDING')");
    }

    private long lastOrder() throws SQLException {
        try (Connection c = worker.getConnection();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select max(outbox_order) from ledger.act")) {
            rs.next();
            return rs.getLong(1);
        }
    }

    private boolean holds(String query) throws SQLException {
        try (Connection c = worker.getConnection();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(query)) {
            rs.next();
            return rs.getBoolean(1);
        }
    }

    private <R> R inSystem(Work<R> work) throws SQLException {
        try (Connection c = application.getConnection()) {
            c.setAutoCommit(false);
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            R result = work.on(c);
            c.commit();
            return result;
        }
    }

    private static void get(Future<?> work) {
        try {
            work.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        channel.close();
    }
}

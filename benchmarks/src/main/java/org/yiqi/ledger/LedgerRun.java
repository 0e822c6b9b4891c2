package org.yiqi.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import javax.sql.DataSource;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.fabric.EndorsedTransaction;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Unpooled;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/** The product's ledger on a channel, in this JVM: acts signed into the outbox, the relay, proofs. */
public final class LedgerRun implements AutoCloseable {

    private static final String NAME = "yiqi-ledger-run";
    private static final int REFERENCE_ACTS = 40;
    private static final int WRITERS = 8;

    private final DataSource application;
    private final DataSource worker;
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
        application = Unpooled.database(
                settings.get("yiqi.db.url"), settings.get("yiqi.db.user"), settings.get("yiqi.db.password"), NAME);
        worker = Unpooled.database(
                settings.get("yiqi.db.url"),
                settings.get("yiqi.db.worker.user"),
                settings.get("yiqi.db.worker.password"),
                NAME);
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

    /** Something that the run waits for. */
    interface Condition {
        boolean holds() throws SQLException;
    }

    interface Work<R> {
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
        List<String> documents = write(acts);
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

    /** Several people at once, since each commit waits for the disk. */
    private List<String> write(int acts) {
        ExecutorService people = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<String>> writing = new ArrayList<>();
            for (int i = 0; i < acts; i++) {
                writing.add(people.submit(() -> write(Ids.next())));
            }
            return writing.stream().map(LedgerRun::get).toList();
        } finally {
            people.shutdownNow();
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

    /** Runs the relay with the product's largest batch, until something holds. */
    void relayUntil(Condition done) throws SQLException {
        relay(largestBatch, done);
    }

    /** Tells the relay that something waits for it. */
    void wake() {
        signal.release();
    }

    EvidenceKeeper keeper(Duration patience, int anchoredAtOnce) {
        return new EvidenceKeeper(worker, writer, clock, patience, anchoredAtOnce);
    }

    Connection worker() throws SQLException {
        return worker.getConnection();
    }

    Instant now() {
        return clock.instant();
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

    boolean isEmpty() throws SQLException {
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

    boolean holds(String query) throws SQLException {
        try (Connection c = worker.getConnection();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(query)) {
            rs.next();
            return rs.getBoolean(1);
        }
    }

    <R> R inSystem(Work<R> work) throws SQLException {
        try (Connection c = application.getConnection()) {
            c.setAutoCommit(false);
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            R result = work.on(c);
            c.commit();
            return result;
        }
    }

    static <R> R get(Future<R> work) {
        try {
            return work.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        channel.close();
    }
}

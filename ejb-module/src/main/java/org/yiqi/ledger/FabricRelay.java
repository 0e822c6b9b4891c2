package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Founding;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.fabric.EndorsedTransaction;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.ledger.fabric.FabricProblem;

/**
 * Takes acts to a Fabric channel, many in a transaction.
 *
 * <p>A step: choose a batch, have it endorsed, keep the signed transaction, send it. What became of it is told by the
 * blocks alone ({@link BlockListener}), so there is one truth and nothing to reconcile. A transaction of which no block
 * tells for some seconds is looked up and sent again as it is: the channel takes an id once. Its acts go into another
 * transaction only after a block has said that this one is void. So a relay that dies at any step loses and doubles
 * nothing.
 *
 * <p>Three transactions may be on their way, so that one is endorsed while others are ordered; they never concern the same
 * things.
 */
final class FabricRelay implements Relay {

    /** How long a transaction may be on its way before it is looked for. A leader of the orderers that dies loses some. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int IN_FLIGHT = 3;

    /** So that a history of many handovers of few units still fills a transaction, and so do others' acts behind those that wait. */
    private static final int LOOK_AHEAD = 10;

    private static final String FOUND = "found";
    private static final String RECORD = "record";

    private final DataSource database;
    private final KeyStore keys;
    private final Clock clock;
    private final HeadFile heads;
    private final FabricChannel channel;
    private final ThreadFactory threads;
    private final Runnable wake;
    private final int largestBatch;
    private final Leadership leadership;
    private final Endorsers endorsers;
    private final Map<UUID, Instant> refused = new HashMap<>();
    private final Map<String, Instant> silent = new HashMap<>();
    private @Nullable BlockListener listener;
    private int batch;
    private int attempts;
    private boolean troubled;
    private int malformed;
    private Instant retryAt = Instant.EPOCH;

    /** @param largestBatch how many acts a transaction has at most */
    FabricRelay(
            DataSource database,
            KeyStore keys,
            Clock clock,
            HeadFile heads,
            FabricChannel channel,
            ThreadFactory threads,
            Runnable wake,
            int largestBatch) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.heads = heads;
        this.channel = channel;
        this.threads = threads;
        this.wake = wake;
        this.largestBatch = largestBatch;
        this.batch = largestBatch;
        this.leadership = new Leadership(database);
        this.endorsers = new Endorsers(channel.network());
    }

    @Override
    public boolean leads() throws SQLException {
        return switch (leadership.stand()) {
            case FOLLOWS -> false;
            case LEADS -> true;
            case TOOK_OVER -> {
                listen();
                yield true;
            }
        };
    }

    private void listen() {
        BlockListener before = listener;
        if (before != null) {
            before.close();
        }
        Projection projection = new Projection(channel.network(), keys, clock, leadership.epoch());
        BlockListener next = new BlockListener(channel, database, projection, heads, wake);
        next.start(threads);
        listener = next;
    }

    @Override
    public Progress run() throws SQLException {
        Connection c = leadership.connection();
        try {
            Instant now = clock.instant();
            Leadership.fence(c, leadership.epoch());
            int expired = Outbox.expire(c, now);
            c.commit();
            boolean full = !now.isBefore(retryAt) && step(c, now);
            BlockListener blocks = listener;
            int recorded = blocks == null ? 0 : blocks.recorded();
            int rejected = malformed + (blocks == null ? 0 : blocks.rejected());
            malformed = 0;
            return new Progress(recorded, rejected, expired, full);
        } catch (SQLException | RuntimeException e) {
            // Whatever happened, the next run starts from what is committed, on a fresh connection.
            close();
            throw e;
        }
    }

    /** @return whether more could go at once */
    private boolean step(Connection c, Instant now) throws SQLException {
        troubled = false;
        try {
            BlockListener blocks = listener;
            String deaf = blocks == null ? null : blocks.problem();
            if (deaf != null) {
                problem(c, deaf, null, now);
                return false;
            }
            boolean more = advance(c, now);
            if (attempts > 0 && !troubled && silent.isEmpty()) {
                well(c);
            }
            return more;
        } catch (FabricProblem e) {
            c.rollback();
            failed(c, e, now);
            return false;
        }
    }

    private boolean advance(Connection c, Instant now) throws SQLException {
        LedgerKind.FABRIC.claim(c);
        List<Submissions.Open> open = Submissions.open(c);
        c.commit();
        for (Submissions.Open each : open) {
            if (now.isAfter(each.lastTried().plus(patience(each.sends())))) {
                again(c, each, now);
            }
        }
        if (open.size() >= IN_FLIGHT) {
            return false;
        }
        // What the state says may be from a local ledger; only what came with a block is on the channel.
        if (new Journal(c).isEmpty()) {
            if (open.isEmpty()) {
                found(c, now);
            }
            return false;
        }
        refused.values().removeIf(until -> until.isBefore(now));
        silent.values().removeIf(until -> until.isBefore(now));
        if (!Outbox.hasPast(c)) {
            return record(c, now);
        }
        c.commit();
        if (open.isEmpty()) {
            replay(c, now);
        }
        return false;
    }

    /** The acts of a local ledger that has grown up: one transaction after the other, and everything else after them. */
    private void replay(Connection c, Instant now) throws SQLException {
        List<ActBatch.Read> waiting = read(c, Outbox.past(c, batch * LOOK_AHEAD), now);
        BatchState state = new BatchState(c);
        ActBatch chosen = ActBatch.inOrder(waiting, batch, act -> endorsers.consentsTo(act, state, silent.keySet()));
        c.commit();
        if (!chosen.acts().isEmpty()
                && !refused.containsKey(
                        Subject.parse(chosen.acts().get(0).subject()).id())) {
            endorseAndSend(c, chosen, now);
        }
    }

    private static Duration patience(int sends) {
        return sends == 0 ? Duration.ZERO : PATIENCE.multipliedBy(1L << Math.min(sends - 1, 3));
    }

    /** No block has told of it: if its first act is not there, it goes out once more as it was kept. */
    private void again(Connection c, Submissions.Open transaction, Instant now) throws SQLException {
        boolean there = !transaction.acts().isEmpty()
                && !channel.ask("act", transaction.acts().get(0).toString()).equals("null");
        if (!there) {
            byte[] content = Submissions.content(c, transaction.id());
            c.rollback();
            if (content.length > 0) {
                channel.send(content);
            }
        }
        Submissions.tried(c, transaction.id(), now);
        c.commit();
    }

    private boolean record(Connection c, Instant now) throws SQLException {
        // Every act may be followed by one of the same unit, which has to wait; behind a silent organisation many wait.
        int window = largestBatch * (silent.isEmpty() ? 2 : LOOK_AHEAD);
        List<ActBatch.Read> waiting = read(c, Outbox.unsent(c, window), now);
        // Many acts of few organisations: each key is read once.
        BatchState state = new BatchState(c);
        ActBatch chosen = ActBatch.choose(
                waiting,
                batch,
                Submissions.onTheWay(c),
                refused.keySet(),
                silent.keySet(),
                act -> endorsers.consentsTo(act, state, silent.keySet()));
        c.commit();
        if (chosen.acts().isEmpty()) {
            return false;
        }
        int most = batch;
        endorseAndSend(c, chosen, now);
        return chosen.acts().size() >= most;
    }

    private void endorseAndSend(Connection c, ActBatch chosen, Instant now) throws SQLException {
        Set<String> asked = endorsers.with(chosen.consents());
        EndorsedTransaction endorsed;
        try {
            endorsed = channel.endorse(RECORD, List.of(chosen.json()), asked);
        } catch (FabricProblem e) {
            if (e.kind() == FabricProblem.Kind.REFUSED) {
                narrow(chosen, now);
            } else if (e.kind() == FabricProblem.Kind.UNAVAILABLE) {
                // Perhaps it was only too much for the time that peers are given.
                batch = Math.max(1, chosen.acts().size() / 2);
                if (!chosen.consents().isEmpty()) {
                    // Acts that can do without those peers do not wait for them.
                    attempts++;
                    Instant until = now.plus(pause());
                    chosen.consents().forEach(msp -> silent.put(msp, until));
                    problem(c, String.valueOf(e.getMessage()), until, now);
                    return;
                }
                endorsers.askAnother();
            }
            throw e;
        }
        batch = Math.min(largestBatch, batch * 2);
        send(c, endorsed, RECORD, chosen.acts().stream().map(Outbox.Pending::id).toList(), asked);
    }

    /** One act of them made the contract refuse all: ask for fewer, until it is alone and waits by itself. */
    private void narrow(ActBatch chosen, Instant now) {
        batch = Math.max(1, chosen.acts().size() / 2);
        if (chosen.acts().size() == 1) {
            refused.put(Subject.parse(chosen.acts().get(0).subject()).id(), now.plus(LONGEST_PAUSE));
        }
    }

    private List<ActBatch.Read> read(Connection c, List<Outbox.Pending> rows, Instant now) throws SQLException {
        List<ActBatch.Read> all = new ArrayList<>();
        for (Outbox.Pending row : rows) {
            try {
                all.add(new ActBatch.Read(row, SignedAct.parse(row.document()).act()));
            } catch (MalformedAct e) {
                // Whoever wrote this row was not the application.
                Outbox.reject(c, row, "ledger.malformed-act", now);
                malformed++;
            }
        }
        return all;
    }

    /** The transaction is kept before it is sent: from here on somebody will see it through. */
    private void send(Connection c, EndorsedTransaction endorsed, String function, List<UUID> acts, Set<String> asked)
            throws SQLException {
        Leadership.fence(c, leadership.epoch());
        Submissions.save(c, endorsed, function, acts, asked, clock.instant());
        c.commit();
        channel.send(endorsed.content());
        Submissions.tried(c, endorsed.id(), clock.instant());
        c.commit();
    }

    /** Founds the ledger if nobody has, and if this network lets the application do it for the regulator. */
    private void found(Connection c, Instant now) throws SQLException {
        if (!channel.ask("founding").equals("null")) {
            // It will come with its block.
            return;
        }
        FabricNetwork.Client founder = channel.network().founder();
        Map<String, String> founding = founding(c, now);
        if (founding.isEmpty()) {
            c.rollback();
            return;
        }
        c.commit();
        if (founder == null) {
            founding.forEach(heads::offer);
            problem(
                    c,
                    "The regulator has to found the ledger with ledger/"
                            + String.join(" and ledger/", founding.keySet()),
                    null,
                    now);
            return;
        }
        Set<String> asked = endorsers.with(Set.of());
        try (FabricChannel regulator = FabricChannel.open(channel.network(), founder)) {
            send(c, regulator.endorse(FOUND, List.copyOf(founding.values()), asked), FOUND, List.of(), asked);
        }
    }

    /** What the ledger is founded with, by the names of the files for the regulator; nothing while somebody is missing. */
    private Map<String, String> founding(Connection c, Instant now) throws SQLException {
        Map<String, String> arguments = new LinkedHashMap<>();
        Optional<LocalPast> past = LocalPast.of(c);
        Optional<Founding> founding =
                past.isPresent() ? past.map(LocalPast::founding) : new LedgerFounding(keys).prepare(c, now);
        founding.ifPresent(it -> arguments.put("founding.json", it.json()));
        past.ifPresent(it -> arguments.put("past.json", it.end().json()));
        return arguments;
    }

    private void failed(Connection c, FabricProblem e, Instant now) throws SQLException {
        attempts++;
        retryAt = now.plus(e.kind() == FabricProblem.Kind.UNAVAILABLE ? pause() : Duration.ofMillis(200));
        problem(c, String.valueOf(e.getMessage()), retryAt, now);
    }

    private Duration pause() {
        Duration pause = Duration.ofMillis(250L << Math.min(attempts, 7));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Says on the page why acts wait. */
    private void problem(Connection c, String text, @Nullable Instant retry, Instant now) throws SQLException {
        troubled = true;
        attempts = Math.max(1, attempts);
        try (PreparedStatement s = c.prepareStatement("""
                update ledger.relay_leader set problem = ?, problem_since = coalesce(problem_since, ?), attempts = ?,
                  retry_at = ? where epoch = ?""")) {
            s.setString(1, text.length() <= 1000 ? text : text.substring(0, 1000));
            s.setTimestamp(2, Timestamp.from(now));
            s.setInt(3, attempts);
            s.setTimestamp(4, retry == null ? null : Timestamp.from(retry));
            s.setLong(5, leadership.epoch());
            s.executeUpdate();
        }
        c.commit();
    }

    private void well(Connection c) throws SQLException {
        attempts = 0;
        try (PreparedStatement s = c.prepareStatement("""
                update ledger.relay_leader set problem = null, problem_since = null, attempts = 0, retry_at = null
                where epoch = ?""")) {
            s.setLong(1, leadership.epoch());
            s.executeUpdate();
        }
        c.commit();
    }

    @Override
    public void close() throws SQLException {
        BlockListener blocks = listener;
        listener = null;
        if (blocks != null) {
            blocks.close();
        }
        leadership.close();
    }
}

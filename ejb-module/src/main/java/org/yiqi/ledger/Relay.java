package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Outcome;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;

/**
 * Takes complete acts to the local ledger, in their order.
 *
 * <p>Of several relays one leads: it holds a PostgreSQL advisory lock on the very connection that it writes with, and a
 * fencing number that its successor raises. A batch is one transaction: the rules' answers, the journal's lines, the
 * signed head and the acts' states are all there or none, so a relay killed at any step leaves nothing half done. Only
 * the file of heads is outside: it is written after the commit, and caught up by whoever leads next.
 *
 * <p>A refused act stops its own subject until a person has looked; the acts behind it keep waiting.
 */
final class Relay implements AutoCloseable {

    private static final long LOCK = 0x7969_7169_0001L;
    private static final int BATCH = 200;

    private final DataSource database;
    private final KeyStore keys;
    private final Clock clock;
    private final HeadFile heads;
    private @Nullable Connection connection;
    private long epoch;
    private long inFile;

    Relay(DataSource database, KeyStore keys, Clock clock, HeadFile heads) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.heads = heads;
    }

    /** Whether this relay leads now; tries to become the leader if nobody is. */
    boolean leads() throws SQLException {
        Connection c = connection;
        if (c != null && c.isValid(2)) {
            return true;
        }
        close();
        c = database.getConnection();
        try {
            if (locked(c)) {
                epoch = nextEpoch(c);
                c.setAutoCommit(false);
                connection = c;
                inFile = heads.open();
                catchUpFile(c);
                return true;
            }
        } finally {
            if (connection == null) {
                c.close();
            }
        }
        return false;
    }

    private static boolean locked(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select pg_try_advisory_lock(?)")) {
            s.setLong(1, LOCK);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    private static long nextEpoch(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("update ledger.relay_leader set epoch = epoch + 1 returning epoch")) {
            rs.next();
            return rs.getLong(1);
        }
    }

    /**
     * Takes one batch to the ledger. Call it only while {@link #leads}.
     *
     * @return how many acts were answered; fewer than a full batch means that the outbox is empty for now
     */
    Progress run() throws SQLException {
        Connection c = connection;
        if (c == null) {
            throw new IllegalStateException("this relay does not lead");
        }
        try {
            Progress progress = batch(c);
            c.commit();
            if (progress.headMoved()) {
                catchUpFile(c);
            }
            return progress;
        } catch (SQLException | RuntimeException e) {
            // Whatever happened, the next run starts from what is committed, on a fresh connection.
            close();
            throw e;
        }
    }

    /**
     * What one run did.
     *
     * @param full whether more may be waiting
     */
    record Progress(int recorded, int rejected, int expired, boolean headMoved, boolean full) {}

    private Progress batch(Connection c) throws SQLException {
        fence(c);
        Journal journal = new Journal(c);
        BatchState state = new BatchState(c);
        long before = journal.position();
        Instant now = clock.instant();
        if (journal.isEmpty()
                && new LedgerFounding(keys).found(c, journal, state, now).isEmpty()) {
            return new Progress(0, 0, 0, false, false);
        }
        int expired = expire(c, now);
        List<Pending> batch = pending(c);
        Set<String> stopped = new HashSet<>();
        int rejected = 0;
        int recorded = 0;
        for (Pending act : batch) {
            if (stopped.contains(act.subject())) {
                continue;
            }
            Answer answer = answer(act, state, now);
            if (answer.refusal() != null) {
                stopped.add(act.subject());
                reject(c, act, answer.refusal(), now);
                rejected++;
            } else {
                long position = answer.known()
                        ? Journal.positionOf(c, act.id()).orElseThrow()
                        : journal.add(act.id(), act.subject(), act.document(), now);
                recorded(c, act, position, now);
                recorded++;
            }
        }
        boolean moved = journal.position() > before;
        if (moved) {
            state.flush();
            journal.write(keys, operator(c, state), now);
        }
        return new Progress(recorded, rejected, expired, moved, batch.size() == BATCH && rejected < BATCH);
    }

    /** A relay that was superseded while it slept finds another number here and must not write. */
    private void fence(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("update ledger.relay_leader set epoch = epoch where epoch = ?")) {
            s.setLong(1, epoch);
            if (s.executeUpdate() != 1) {
                throw new IllegalStateException("another relay leads now");
            }
        }
    }

    private static Answer answer(Pending act, BatchState state, Instant now) {
        try {
            Outcome outcome = LedgerRules.record(List.of(SignedAct.parse(act.document())), state, now)
                    .get(0);
            return switch (outcome.status()) {
                case RECORDED -> new Answer(false, null);
                case DUPLICATE -> new Answer(true, null);
                case REJECTED ->
                    new Answer(
                            false,
                            outcome.refusal() == null ? null : outcome.refusal().code());
            };
        } catch (MalformedAct e) {
            // Whoever wrote this row was not the application.
            return new Answer(false, "ledger.malformed-act");
        }
    }

    private static List<Pending> pending(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select id, subject, document from ledger.act where state = 'PENDING'
                          and not exists (select 1 from ledger.stopped_subject stop where stop.subject = act.subject)
                        order by outbox_order limit %d for update""".formatted(BATCH))) {
            List<Pending> acts = new ArrayList<>();
            while (rs.next()) {
                acts.add(new Pending(rs.getObject(1, UUID.class), rs.getString(2), rs.getString(3)));
            }
            return acts;
        }
    }

    private static void recorded(Connection c, Pending act, long position, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set state = 'RECORDED', recorded_at = ?, journal_position = ? where id = ?")) {
            s.setTimestamp(1, Timestamp.from(now));
            s.setLong(2, position);
            s.setObject(3, act.id());
            s.executeUpdate();
        }
    }

    private static void reject(Connection c, Pending act, String refusal, Instant now) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("update ledger.act set state = 'REJECTED', refusal = ? where id = ?")) {
            s.setString(1, refusal);
            s.setObject(2, act.id());
            s.executeUpdate();
        }
        try (PreparedStatement s = c.prepareStatement(
                "insert into ledger.stopped_subject(subject, act_id, refusal, since) values (?, ?, ?, ?)")) {
            s.setString(1, act.subject());
            s.setObject(2, act.id());
            s.setString(3, refusal);
            s.setTimestamp(4, Timestamp.from(now));
            s.executeUpdate();
        }
    }

    private static int expire(Connection c, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set state = 'EXPIRED' where state = 'WAITING_SIGNATURE' and expires_at <= ?")) {
            s.setTimestamp(1, Timestamp.from(now));
            return s.executeUpdate();
        }
    }

    private OrganisationKey operator(Connection c, BatchState state) throws SQLException {
        Founding founding = LedgerQueries.founding(state).orElseThrow();
        UUID platform = founding.founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                .findFirst()
                .orElseThrow()
                .org();
        return keys.active(c, platform).orElseThrow();
    }

    /** A relay that died after its commit left a head out of the file; its successor puts it in. */
    private void catchUpFile(Connection c) throws SQLException {
        List<SignedHead> missing = Journal.headsAfter(c, inFile);
        c.rollback();
        heads.append(missing);
        for (SignedHead head : missing) {
            inFile = head.position();
        }
    }

    @Override
    public void close() throws SQLException {
        Connection c = connection;
        connection = null;
        if (c != null) {
            c.close();
        }
    }

    private record Pending(UUID id, String subject, String document) {}

    private record Answer(boolean known, @Nullable String refusal) {}
}

package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Outcome;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;

/**
 * Takes acts to the local ledger. A batch is one transaction: the rules' answers, the journal's lines, the signed head and
 * the acts' states are all there or none, so a relay killed at any step leaves nothing half done. Only the file of heads
 * is outside: it is written after the commit, and caught up by whoever leads next.
 *
 * <p>A refused act stops its own subject until a person has looked; the acts behind it keep waiting.
 */
final class LocalRelay implements Relay {

    private static final int BATCH = 200;

    private final Leadership leadership;
    private final KeyStore keys;
    private final Clock clock;
    private final HeadFile heads;
    private long inFile;

    LocalRelay(DataSource database, KeyStore keys, Clock clock, HeadFile heads) {
        this.leadership = new Leadership(database);
        this.keys = keys;
        this.clock = clock;
        this.heads = heads;
    }

    @Override
    public boolean leads() throws SQLException {
        return switch (leadership.stand()) {
            case FOLLOWS -> false;
            case LEADS -> true;
            case TOOK_OVER -> {
                inFile = heads.open();
                catchUpFile(leadership.connection());
                yield true;
            }
        };
    }

    /** Takes one batch to the ledger. */
    @Override
    public Progress run() throws SQLException {
        Connection c = leadership.connection();
        try {
            Progress progress = batch(c);
            c.commit();
            catchUpFile(c);
            return progress;
        } catch (SQLException | RuntimeException e) {
            // Whatever happened, the next run starts from what is committed, on a fresh connection.
            close();
            throw e;
        }
    }

    private Progress batch(Connection c) throws SQLException {
        Leadership.fence(c, leadership.epoch());
        LedgerKind.LOCAL.claim(c);
        Journal journal = new Journal(c);
        BatchState state = new BatchState(c);
        long before = journal.position();
        Instant now = clock.instant();
        if (journal.isEmpty() && !new LedgerFounding(keys).found(c, journal, state, now)) {
            return new Progress(0, 0, 0, false);
        }
        int expired = Outbox.expire(c, now);
        List<Outbox.Pending> batch = Outbox.pending(c, BATCH);
        Set<String> stopped = new HashSet<>();
        int rejected = 0;
        int recorded = 0;
        for (Outbox.Pending act : batch) {
            if (stopped.contains(act.subject())) {
                continue;
            }
            Answer answer = answer(act, state, now);
            if (answer.refusal() != null) {
                stopped.add(act.subject());
                Outbox.reject(c, act, answer.refusal(), now);
                rejected++;
            } else {
                long position = answer.known()
                        ? Journal.positionOf(c, act.id()).orElseThrow()
                        : journal.add(act.id(), act.subject(), act.document(), now);
                recorded(c, act.id(), position, now);
                recorded++;
            }
        }
        if (journal.position() > before) {
            state.flush();
            journal.write(keys, now);
        }
        return new Progress(recorded, rejected, expired, batch.size() == BATCH && rejected < BATCH);
    }

    private static Answer answer(Outbox.Pending act, BatchState state, Instant now) {
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

    private static void recorded(Connection c, UUID act, long position, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set state = 'RECORDED', recorded_at = ?, journal_position = ? where id = ?")) {
            s.setTimestamp(1, Timestamp.from(now));
            s.setLong(2, position);
            s.setObject(3, act);
            s.executeUpdate();
        }
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
        leadership.close();
    }

    private record Answer(boolean known, @Nullable String refusal) {}
}

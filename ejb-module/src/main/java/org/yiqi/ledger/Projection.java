package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedAct;
import org.yiqi.ledger.fabric.ChannelBlock;
import org.yiqi.ledger.fabric.FabricNetwork;

/**
 * What the application knows of the channel, block by block: the contract's state, a journal of the acts, and what became
 * of the acts' rows. The checkpoint moves in the same transaction, so no block is left out and none is read twice.
 */
final class Projection {

    private static final String ACT = "act/";

    private final FabricNetwork network;
    private final KeyStore keys;
    private final Clock clock;
    private final long epoch;

    Projection(FabricNetwork network, KeyStore keys, Clock clock, long epoch) {
        this.network = network;
        this.keys = keys;
        this.clock = clock;
        this.epoch = epoch;
    }

    /** What one block changed. */
    record Progress(int recorded, int rejected, boolean ours) {}

    /**
     * Where to read on. The last block that was read comes once more, to see that it is the same channel.
     *
     * @throws LedgerKind.WrongLedger if this database is about another channel
     */
    long begin(Connection c) throws SQLException {
        LedgerKind.FABRIC.claim(c);
        Leadership.fence(c, epoch);
        Checkpoint checkpoint = checkpoint(c);
        if (checkpoint == null) {
            try (PreparedStatement s = c.prepareStatement("""
                    insert into ledger.checkpoint(channel, contract, next_block, block_hash, read_at)
                    values (?, ?, 0, '', ?)""")) {
                s.setString(1, network.channel());
                s.setString(2, network.contract());
                s.setTimestamp(3, Timestamp.from(clock.instant()));
                s.executeUpdate();
            }
            c.commit();
            return 0;
        }
        c.commit();
        if (!checkpoint.channel().equals(network.channel())
                || !checkpoint.contract().equals(network.contract())) {
            throw new LedgerKind.WrongLedger("This database is about the channel " + checkpoint.channel()
                    + " and its contract " + checkpoint.contract());
        }
        return Math.max(0, checkpoint.next() - 1);
    }

    /** Takes in the next block; the one before it again is only compared. */
    Progress read(Connection c, ChannelBlock block) throws SQLException {
        Leadership.fence(c, epoch);
        Checkpoint checkpoint = checkpoint(c);
        if (checkpoint == null) {
            throw new IllegalStateException("the checkpoint is gone");
        }
        if (block.number() == checkpoint.next() - 1) {
            c.rollback();
            same(checkpoint.hash(), block.hash(), block.number());
            return new Progress(0, 0, false);
        }
        if (block.number() != checkpoint.next()) {
            throw new IllegalStateException(
                    "block " + block.number() + " came, block " + checkpoint.next() + " was due");
        }
        if (block.number() > 0) {
            same(checkpoint.hash(), block.previousHash(), block.number() - 1);
        }
        Progress progress = project(c, block);
        advance(c, block);
        c.commit();
        return progress;
    }

    private static void same(String expected, String found, long number) {
        if (!expected.equals(found)) {
            throw new LedgerKind.WrongLedger(
                    "Block " + number + " of the channel is not the one that this database has read");
        }
    }

    private Progress project(Connection c, ChannelBlock block) throws SQLException {
        Instant now = clock.instant();
        Journal journal = new Journal(c);
        BatchState state = new BatchState(c);
        long before = journal.position();
        int recorded = 0;
        int rejected = 0;
        boolean anyOurs = false;
        try (Answers answers = new Answers(c, now)) {
            for (ChannelBlock.Transaction each : block.transactions()) {
                boolean ours = Submissions.settle(c, each.id(), each.code(), block.number(), now);
                anyOurs |= ours;
                if (!each.valid() || each.function().isEmpty()) {
                    continue;
                }
                each.writes().forEach(state::put);
                Journal.Place place = new Journal.Place(block.number(), each.index(), each.id());
                if (each.function().equals("found")) {
                    LocalPast.of(c).ifPresent(past -> past.requireContinuedBy(each.writes()));
                    journal.add(null, LedgerFounding.SUBJECT, written(each, "founding"), now, place);
                } else if (each.function().equals("record")) {
                    for (Answer answer : answers(each.answer())) {
                        if (answer.status().equals("RECORDED")) {
                            String document = written(each, ACT + answer.id());
                            String subject =
                                    SignedAct.parse(document).act().subject().toString();
                            long position = journal.add(answer.id(), subject, document, now, place);
                            answers.recorded(answer.id(), position, place);
                            recorded++;
                        } else if (ours && answer.status().equals("REJECTED") && answer.refusal() != null) {
                            rejected += reject(c, answer.id(), answer.refusal(), now);
                        }
                    }
                }
            }
            answers.write();
        }
        state.flush();
        if (journal.position() > before) {
            journal.write(keys, now);
        }
        return new Progress(recorded, rejected, anyOurs);
    }

    private static String written(ChannelBlock.Transaction transaction, String key) {
        String value = transaction.writes().get(key);
        if (value == null) {
            throw new IllegalStateException("transaction " + transaction.id() + " did not write " + key);
        }
        return value;
    }

    private record Answer(UUID id, String status, @Nullable String refusal) {}

    /** The contract's answers, one for each act of the batch and in its order. */
    private static List<Answer> answers(String json) {
        if (!(CanonicalJson.read("{\"answers\":" + json + "}").get("answers") instanceof List<?> list)) {
            throw new MalformedAct("the contract's answer is not a list");
        }
        return list.stream()
                .filter(each -> each instanceof Map<?, ?> answer && answer.get("id") != null)
                .map(each -> {
                    Map<?, ?> answer = (Map<?, ?>) each;
                    @Nullable Object refusal = answer.get("refusal");
                    return new Answer(
                            UUID.fromString(String.valueOf(answer.get("id"))),
                            String.valueOf(answer.get("status")),
                            refusal == null ? null : refusal.toString());
                })
                .toList();
    }

    private static int reject(Connection c, UUID act, String refusal, Instant now) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select subject, document from ledger.act where id = ? and state = 'PENDING'")) {
            s.setObject(1, act);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    return 0;
                }
                Outbox.reject(c, new Outbox.Pending(act, rs.getString(1), rs.getString(2)), refusal, now);
                return 1;
            }
        }
    }

    /** The rows of recorded acts, written together. */
    private static final class Answers implements AutoCloseable {

        private final PreparedStatement statement;
        private final Timestamp now;
        private boolean any;

        Answers(Connection c, Instant now) throws SQLException {
            this.now = Timestamp.from(now);
            this.statement = c.prepareStatement("""
                    update ledger.act set state = 'RECORDED', recorded_at = ?, journal_position = ?, block = ?,
                      transaction_id = ? where id = ? and state = 'PENDING'""");
        }

        void recorded(UUID act, long position, Journal.Place place) throws SQLException {
            statement.setTimestamp(1, now);
            statement.setLong(2, position);
            statement.setLong(3, place.block());
            statement.setString(4, place.transactionId());
            statement.setObject(5, act);
            statement.addBatch();
            any = true;
        }

        void write() throws SQLException {
            if (any) {
                statement.executeBatch();
            }
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    private record Checkpoint(String channel, String contract, long next, String hash) {}

    private static @Nullable Checkpoint checkpoint(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs =
                        s.executeQuery("select channel, contract, next_block, block_hash from ledger.checkpoint")) {
            return rs.next() ? new Checkpoint(rs.getString(1), rs.getString(2), rs.getLong(3), rs.getString(4)) : null;
        }
    }

    private void advance(Connection c, ChannelBlock block) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("update ledger.checkpoint set next_block = ?, block_hash = ?, read_at = ?")) {
            s.setLong(1, block.number() + 1);
            s.setString(2, block.hash());
            s.setTimestamp(3, Timestamp.from(clock.instant()));
            s.executeUpdate();
        }
    }
}

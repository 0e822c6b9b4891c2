package org.yiqi.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MemoryState;
import org.yiqi.contract.Outcome;
import org.yiqi.contract.Past;
import org.yiqi.contract.Refusal;
import org.yiqi.contract.SignedAct;
import org.yiqi.ledger.fabric.FabricNetwork;

/**
 * Takes a database from its local ledger to a channel. The journal and its heads are put aside, in tables and in files, and
 * its acts go back into the outbox, before everything that waits there already; the relay takes them to the channel one by
 * one as it takes any act. All of it is one transaction of the schema's owner, because nobody else may take away from a
 * journal.
 *
 * <p>Nothing is moved that could not arrive: the local ledger must hold, and the rules must take its whole history anew.
 */
final class GrowingUp {

    private static final Logger LOG = Logger.getLogger(GrowingUp.class.getName());

    /** Tables whose rows not even the owner sees, unless it says so. */
    private static final List<String> GUARDED =
            List.of("ledger.act", "ledger.checkpoint", "ledger.journal", "ledger.state");

    private final DataSource owner;
    private final FabricNetwork network;
    private final Path dataDir;

    GrowingUp(DataSource owner, FabricNetwork network, Path dataDir) {
        this.owner = owner;
        this.network = network;
        this.dataDir = dataDir;
    }

    /** Where a local journal ends. */
    record End(String hash, long acts) {

        /** The end of the local ledger that the database is on now; nothing if it is on none. */
        static Optional<End> of(Connection c) throws SQLException {
            try (Statement s = c.createStatement();
                    ResultSet rs = s.executeQuery("""
                            select hash, (select count(act_id) from ledger.journal) from ledger.journal
                            where not exists (select 1 from ledger.checkpoint) order by position desc limit 1""")) {
                return rs.next() ? Optional.of(new End(rs.getString(1), rs.getLong(2))) : Optional.empty();
            }
        }

        @Override
        public String toString() {
            return hash + " after " + acts + " acts";
        }
    }

    /**
     * Moves the database if it is told to and has not been moved yet; sees to the rest if it was moved and something was
     * left undone.
     *
     * @param c sees the whole ledger
     * @param from what the operator says that the local journal ends with
     * @throws LedgerKind.WrongLedger if that is not so, if nobody said anything, or if the ledger cannot be moved
     */
    void run(Connection c, Optional<String> from, Instant now) throws SQLException {
        Optional<End> end = End.of(c);
        if (end.isPresent() && from.isPresent()) {
            if (!from.get().equals(end.get().hash())) {
                throw new LedgerKind.WrongLedger("yiqi.ledger.grow-from is " + from.get()
                        + ", but the local ledger's journal ends with " + end.get() + "; nothing was changed");
            }
            move(from.get(), now.truncatedTo(ChronoUnit.MILLIS));
        }
        LedgerKind.FABRIC.claim(c);
        Optional<LocalPast> past = LocalPast.of(c);
        if (from.isPresent() && past.isEmpty()) {
            throw new LedgerKind.WrongLedger("yiqi.ledger.grow-from is " + from.get()
                    + ", but this database has no local ledger; take the setting away");
        }
        if (past.isPresent()) {
            String hash = past.get().end().hash();
            if (from.isPresent() && !from.get().equals(hash)) {
                throw new LedgerKind.WrongLedger("yiqi.ledger.grow-from is " + from.get()
                        + ", but this database's local ledger has grown up already and ended with " + hash);
            }
            beginHeadsAnew(c);
        }
    }

    private void move(String hash, Instant now) throws SQLException {
        try (Connection c = owner.getConnection()) {
            c.setAutoCommit(false);
            if (!Leadership.exclude(c)) {
                throw new LedgerKind.WrongLedger(
                        "Another server still takes this database's acts to the local ledger: stop it first");
            }
            execute(c, "set local lock_timeout = '60s'");
            for (String table : GUARDED) {
                execute(c, "alter table " + table + " no force row level security");
            }
            Optional<End> end = End.of(c);
            if (end.isEmpty() || !end.get().hash().equals(hash)) {
                throw new LedgerKind.WrongLedger("The local ledger goes on: its journal has another end now");
            }
            requireWhole(c);
            Past past = new Past(hash, end.get().acts(), now);
            replay(c, past);
            putAside(c, past);
            LedgerRules.found(LocalPast.of(c).orElseThrow().founding(), past, new JdbcLedgerState(c));
            for (String table : GUARDED) {
                execute(c, "alter table " + table + " force row level security");
            }
            c.commit();
            LOG.info(() -> "The local ledger has grown up: its " + past.acts() + " acts go to the channel "
                    + network.channel() + " now");
        }
    }

    private void requireWhole(Connection c) throws SQLException {
        List<Finding> findings = new LedgerCheck(dataDir).pass(c);
        if (!findings.isEmpty()) {
            Finding first = findings.get(0);
            throw new LedgerKind.WrongLedger(
                    "The local ledger does not hold, and cannot grow up: " + first.table() + " "
                            + first.rowId() + " " + first.column() + " is not what the journal says (" + findings.size()
                            + " rows in all)");
        }
    }

    /** Writes the journal and the heads into files, and puts every act to the rules as the channel will. */
    private void replay(Connection c, Past past) throws SQLException {
        MemoryState state = new MemoryState();
        export(
                c,
                "local-journal.jsonl",
                "select position, recorded_at, previous_hash, hash, document from ledger.journal order by position",
                rs -> {
                    String document = rs.getString("document");
                    long position = rs.getLong("position");
                    if (position == 0) {
                        LedgerRules.found(Founding.parse(document), past, state);
                    } else {
                        judge(position, SignedAct.parse(document), state, past.until());
                    }
                    return CanonicalJson.write(Map.of(
                            "document",
                            document,
                            "hash",
                            rs.getString("hash"),
                            "position",
                            rs.getString("position"),
                            "previousHash",
                            rs.getString("previous_hash"),
                            "recordedAt",
                            rs.getTimestamp("recorded_at").toInstant().toString()));
                });
        export(
                c,
                "local-heads.jsonl",
                "select position, hash, signed_at, key_id, signature from ledger.signed_head order by position",
                rs -> Journal.head(rs).json());
    }

    private static void judge(long line, SignedAct act, MemoryState state, Instant now) {
        Outcome outcome = LedgerRules.record(List.of(act), state, now).get(0);
        if (outcome.status() != Outcome.Status.RECORDED) {
            @Nullable Refusal refusal = outcome.refusal();
            throw new LedgerKind.WrongLedger("The channel would refuse line " + line + " of the local journal, act "
                    + outcome.act() + " (" + act.act().type() + "): "
                    + (refusal == null ? outcome.status() : refusal.code()) + "; nothing was changed");
        }
    }

    private void putAside(Connection c, Past past) throws SQLException {
        execute(c, """
                insert into ledger.local_journal(position, act_id, subject, document, recorded_at, previous_hash, hash)
                select position, act_id, subject, document, recorded_at, previous_hash, hash from ledger.journal""");
        execute(c, """
                insert into ledger.local_head(position, hash, signed_at, key_id, signature)
                select position, hash, signed_at, key_id, signature from ledger.signed_head""");
        try (PreparedStatement s =
                c.prepareStatement("insert into ledger.local_past(hash, acts, moved_at) values (?, ?, ?)")) {
            s.setString(1, past.hash());
            s.setLong(2, past.acts());
            s.setTimestamp(3, Timestamp.from(past.until()));
            s.executeUpdate();
        }
        // Below zero, so that they go in the journal's order and before everything else.
        execute(c, """
                update ledger.act a set state = 'PENDING', recorded_at = null, journal_position = null,
                  outbox_order = j.position - (select count(*) from ledger.local_journal)
                from ledger.local_journal j where j.act_id = a.id""");
        execute(c, "delete from ledger.journal");
        execute(c, "delete from ledger.signed_head");
        execute(c, "delete from ledger.state");
        try (PreparedStatement s = c.prepareStatement("""
                insert into ledger.checkpoint(channel, contract, next_block, block_hash, read_at) values (?, ?, 0, '', ?)""")) {
            s.setString(1, network.channel());
            s.setString(2, network.contract());
            s.setTimestamp(3, Timestamp.from(past.until()));
            s.executeUpdate();
        }
    }

    /** The file of heads goes on with the channel's; that of the local ledger was written before the move. */
    private void beginHeadsAnew(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select position, hash, signed_at, key_id, signature from ledger.local_head
                        order by position limit 1""")) {
            if (rs.next()) {
                new HeadFile(dataDir).removeIfBegunWith(Journal.head(rs));
            }
        }
    }

    private interface Line {
        String of(ResultSet rs) throws SQLException;
    }

    private void export(Connection c, String name, String sql, Line line) throws SQLException {
        Path file = new HeadFile(dataDir).path().resolveSibling(name);
        try (Statement s = c.createStatement()) {
            s.setFetchSize(1000);
            Files.createDirectories(file.getParent());
            try (ResultSet rs = s.executeQuery(sql);
                    BufferedWriter out = Files.newBufferedWriter(file)) {
                while (rs.next()) {
                    out.write(line.of(rs));
                    out.write('\n');
                }
            }
            try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
                written.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }
}

package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.SignedAct;
import org.yiqi.ledger.fabric.EndorsedTransaction;

/** Transactions on their way to the channel: kept, signed, from before they are sent until a block says what became of them. */
final class Submissions {

    private static final String DUPLICATE = "DUPLICATE_TXID";

    private Submissions() {}

    /**
     * A transaction of which no block has told yet.
     *
     * @param sends how often it was sent; 0 when a relay died before
     */
    record Open(String id, List<UUID> acts, Instant lastTried, int sends) {
        Open {
            acts = List.copyOf(acts);
        }
    }

    static List<Open> open(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select transaction_id, acts, coalesce(sent_at, prepared_at) tried, sends from ledger.submission
                        where settled_at is null order by prepared_at""")) {
            List<Open> all = new ArrayList<>();
            while (rs.next()) {
                all.add(new Open(
                        rs.getString(1),
                        List.of((UUID[]) rs.getArray(2).getArray()),
                        rs.getTimestamp(3).toInstant(),
                        rs.getInt(4)));
            }
            return all;
        }
    }

    /** The acts of open transactions. */
    static List<Act> onTheWay(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select a.document from ledger.submission s join ledger.act a on a.id = any(s.acts)
                        where s.settled_at is null""")) {
            List<Act> acts = new ArrayList<>();
            while (rs.next()) {
                acts.add(SignedAct.parse(rs.getString(1)).act());
            }
            return acts;
        }
    }

    static void save(
            Connection c,
            EndorsedTransaction transaction,
            String function,
            Collection<UUID> acts,
            Collection<String> endorsers,
            Instant now)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into ledger.submission(transaction_id, contract_function, acts, endorsers, content, prepared_at)
                values (?, ?, ?, ?, ?, ?)""")) {
            s.setString(1, transaction.id());
            s.setString(2, function);
            s.setArray(3, c.createArrayOf("uuid", acts.toArray()));
            s.setArray(4, c.createArrayOf("text", endorsers.toArray()));
            s.setBytes(5, transaction.content());
            s.setTimestamp(6, Timestamp.from(now));
            s.executeUpdate();
        }
    }

    static byte[] content(Connection c, String id) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select content from ledger.submission where transaction_id = ?")) {
            s.setString(1, id);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                byte[] content = rs.getBytes(1);
                return content == null ? new byte[0] : content;
            }
        }
    }

    /** Counts a sending, or that it was looked for instead. */
    static void tried(Connection c, String id, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.submission set sent_at = ?, sends = sends + 1 where transaction_id = ?")) {
            s.setTimestamp(1, Timestamp.from(now));
            s.setString(2, id);
            s.executeUpdate();
        }
    }

    /**
     * Notes what a block says of a transaction.
     *
     * @return whether it was ours and open
     */
    static boolean settle(Connection c, String id, String code, long block, Instant now) throws SQLException {
        if (code.equals(DUPLICATE)) {
            // A second copy of what an earlier block has settled.
            return false;
        }
        try (PreparedStatement s = c.prepareStatement("""
                update ledger.submission set code = ?, block = ?, settled_at = ?, content = null
                where transaction_id = ? and settled_at is null""")) {
            s.setString(1, code);
            s.setLong(2, block);
            s.setTimestamp(3, Timestamp.from(now));
            s.setString(4, id);
            return s.executeUpdate() == 1;
        }
    }
}

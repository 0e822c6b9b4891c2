package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedAct;

/**
 * A root that was anchored, and the act that carries it.
 *
 * @param size how many leaves it covers
 * @param root in hexadecimal, as the evidence log has it
 * @param act null for roots from before anchoring went to the ledger
 * @param state how far the act has come
 * @param said size and root as the act has them, {@code size/root}; null when there is no act
 */
public record AnchoredRoot(
        long size,
        String root,
        Instant at,
        @Nullable UUID act,
        @Nullable String state,
        @Nullable Instant recordedAt,
        @Nullable String said) {

    private static final String SELECT = """
            select r.size, encode(r.root, 'hex') root, r.at, r.act_id, a.state, a.recorded_at, a.document
            from evidence.root r left join ledger.act a on a.id = r.act_id
            """;

    /** Whether the act says the same as the log. */
    public boolean agrees() {
        return act == null || (size + "/" + root).equals(said);
    }

    /** The newest roots first. */
    public static List<AnchoredRoot> newest(Connection c, int most, int skipped) throws SQLException {
        return list(c, "order by r.size desc limit ? offset ?", most, skipped);
    }

    /** All roots from a size on, in their order. */
    public static List<AnchoredRoot> from(Connection c, long size) throws SQLException {
        return list(c, "where r.size >= ? order by r.size", size);
    }

    /** The first root that covers a leaf, or nothing. */
    public static List<AnchoredRoot> covering(Connection c, long leaf) throws SQLException {
        return list(c, "where r.size > ? order by r.size limit 1", leaf);
    }

    /** Roots of which the row or the act meets a condition on {@code r} and {@code a}. */
    public static List<AnchoredRoot> where(Connection c, String condition, @Nullable Object... values)
            throws SQLException {
        return list(c, "where " + condition + " order by r.size", values);
    }

    static void insert(Connection c, long size, byte[] root, Instant at, UUID act) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into evidence.root(size, root, at, act_id) values (?, ?, ?, ?)")) {
            s.setLong(1, size);
            s.setBytes(2, root);
            s.setTimestamp(3, Timestamp.from(at));
            s.setObject(4, act);
            s.executeUpdate();
        }
    }

    private static List<AnchoredRoot> list(Connection c, String rest, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(SELECT + rest)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            List<AnchoredRoot> roots = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    Timestamp recorded = rs.getTimestamp("recorded_at");
                    UUID act = rs.getObject("act_id", UUID.class);
                    roots.add(new AnchoredRoot(
                            rs.getLong("size"),
                            rs.getString("root"),
                            rs.getTimestamp("at").toInstant(),
                            act,
                            rs.getString("state"),
                            recorded == null ? null : recorded.toInstant(),
                            act == null ? null : said(rs.getString("document"))));
                }
            }
            return roots;
        }
    }

    private static String said(@Nullable String document) {
        if (document == null) {
            return "no act";
        }
        try {
            var body = SignedAct.parse(document).act().body();
            return body.get("size") + "/" + body.get("root");
        } catch (MalformedAct unreadable) {
            return "unreadable";
        }
    }
}

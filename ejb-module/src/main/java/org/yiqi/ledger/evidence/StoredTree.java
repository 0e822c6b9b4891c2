package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yiqi.contract.MerkleTree;

/** The log's tree as it is stored. A computation over it costs one query, whatever its size. */
public final class StoredTree {

    private static final byte[] UNKNOWN = new byte[32];

    private StoredTree() {}

    /** What is computed from stored subtrees. */
    @FunctionalInterface
    public interface Computation<R> {
        R over(MerkleTree.Nodes nodes);
    }

    private record Place(int level, long position) {}

    /**
     * Runs a computation twice: the first time to learn which subtrees it asks for, the second time with them. Which ones
     * these are depends on places and sizes alone, never on hashes.
     */
    public static <R> R read(Connection c, Computation<R> computation) throws SQLException {
        Set<Place> wanted = new LinkedHashSet<>();
        computation.over((level, position) -> {
            wanted.add(new Place(level, position));
            return UNKNOWN;
        });
        Map<Place, byte[]> stored = fetch(c, wanted);
        return computation.over((level, position) -> {
            byte[] hash = stored.get(new Place(level, position));
            if (hash == null) {
                throw new MissingNode(level, position);
            }
            return hash;
        });
    }

    /** How many leaves the log has. */
    public static long size(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select coalesce(max(leaf), -1) + 1 from evidence.leaf");
                ResultSet rs = s.executeQuery()) {
            rs.next();
            return rs.getLong(1);
        }
    }

    /** How many leaves wait for their place. */
    public static long waiting(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select count(*) from evidence.queue");
                ResultSet rs = s.executeQuery()) {
            rs.next();
            return rs.getLong(1);
        }
    }

    private static Map<Place, byte[]> fetch(Connection c, Set<Place> wanted) throws SQLException {
        List<Place> nodes = wanted.stream().filter(place -> place.level() > 0).toList();
        Map<Place, byte[]> stored = new HashMap<>();
        try (PreparedStatement s = c.prepareStatement("""
                select n.level, n.position, n.hash from unnest(?, ?) as w(level, position)
                  join evidence.node n on n.level = w.level and n.position = w.position
                union all
                select 0, l.leaf, l.hash from evidence.leaf l where l.leaf = any(?)""")) {
            s.setArray(
                    1,
                    c.createArrayOf(
                            "int2",
                            nodes.stream().map(place -> (short) place.level()).toArray()));
            s.setArray(
                    2,
                    c.createArrayOf("int8", nodes.stream().map(Place::position).toArray()));
            s.setArray(
                    3,
                    c.createArrayOf(
                            "int8",
                            wanted.stream()
                                    .filter(place -> place.level() == 0)
                                    .map(Place::position)
                                    .toArray()));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    stored.put(new Place(rs.getInt(1), rs.getLong(2)), rs.getBytes(3));
                }
            }
        }
        return stored;
    }

    /** A subtree that must be stored is not. */
    public static final class MissingNode extends IllegalStateException {

        private static final long serialVersionUID = 1;

        private final int level;
        private final long position;

        MissingNode(int level, long position) {
            super("the evidence log lacks its node " + level + "/" + position);
            this.level = level;
            this.position = position;
        }

        public int level() {
            return level;
        }

        public long position() {
            return position;
        }
    }
}

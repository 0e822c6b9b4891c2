package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.GrowingTree;

/**
 * Gives what is queued its places, in the order in which it became visible: what committed late simply gets a later one.
 * Only whoever leads may run it.
 */
public final class Sequencer {

    private Sequencer() {}

    /**
     * What one run did.
     *
     * @param taken how many left the queue
     * @param size of the log now
     * @param urgent whether something among it must be anchored at once
     */
    public record Progress(int taken, long size, boolean urgent) {}

    private record Queued(
            long id, String kind, String ref, @Nullable UUID exhibit, Hash hash, boolean urgent) {}

    private record Node(int level, long position, Hash hash) {}

    /** Takes at most so many from the queue, in the caller's transaction. */
    public static Progress run(Connection c, int most) throws SQLException {
        List<Queued> queued = queued(c, most);
        long size = StoredTree.size(c);
        if (queued.isEmpty()) {
            return new Progress(0, size, false);
        }
        long before = size;
        GrowingTree tree = StoredTree.read(c, nodes -> new GrowingTree(before, nodes));
        List<Queued> placed = new ArrayList<>();
        List<Node> completed = new ArrayList<>();
        boolean urgent = false;
        for (Queued each : queued) {
            // A row without a proper hash was not written by the application: it gets no place, and is found by that.
            if (each.hash().isWhole()) {
                tree.add(
                        each.hash().bytes(),
                        (level, position, hash) -> completed.add(new Node(level, position, new Hash(hash))));
                placed.add(each);
                urgent |= each.urgent();
            }
        }
        insertLeaves(c, before, placed);
        insertNodes(c, completed);
        delete(c, queued);
        return new Progress(queued.size(), tree.size(), urgent);
    }

    private static List<Queued> queued(Connection c, int most) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select id, kind, ref, exhibit_id, hash, urgent from evidence.queue order by id limit ?")) {
            s.setInt(1, most);
            List<Queued> queued = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    queued.add(new Queued(
                            rs.getLong(1),
                            rs.getString(2),
                            rs.getString(3),
                            rs.getObject(4, UUID.class),
                            new Hash(rs.getBytes(5)),
                            rs.getBoolean(6)));
                }
            }
            return queued;
        }
    }

    private static void insertLeaves(Connection c, long first, List<Queued> placed) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into evidence.leaf(leaf, kind, ref, exhibit_id, hash)
                select ? + ordinality - 1, kind, ref, exhibit_id, hash
                  from unnest(?, ?, ?, ?) with ordinality as t(kind, ref, exhibit_id, hash, ordinality)""")) {
            s.setLong(1, first);
            s.setArray(
                    2, c.createArrayOf("text", placed.stream().map(Queued::kind).toArray()));
            s.setArray(
                    3, c.createArrayOf("text", placed.stream().map(Queued::ref).toArray()));
            s.setArray(
                    4,
                    c.createArrayOf("uuid", placed.stream().map(Queued::exhibit).toArray()));
            s.setArray(
                    5,
                    c.createArrayOf(
                            "bytea",
                            placed.stream().map(each -> each.hash().bytes()).toArray(byte[][]::new)));
            s.executeUpdate();
        }
    }

    private static void insertNodes(Connection c, List<Node> nodes) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into evidence.node(level, position, hash) select * from unnest(?, ?, ?)")) {
            s.setArray(
                    1,
                    c.createArrayOf(
                            "int2", nodes.stream().map(n -> (short) n.level()).toArray()));
            s.setArray(
                    2,
                    c.createArrayOf("int8", nodes.stream().map(Node::position).toArray()));
            s.setArray(
                    3,
                    c.createArrayOf(
                            "bytea",
                            nodes.stream().map(each -> each.hash().bytes()).toArray(byte[][]::new)));
            s.executeUpdate();
        }
    }

    private static void delete(Connection c, List<Queued> queued) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("delete from evidence.queue where id = any(?)")) {
            s.setArray(
                    1, c.createArrayOf("int8", queued.stream().map(Queued::id).toArray()));
            s.executeUpdate();
        }
    }
}

package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.GrowingTree;

/**
 * Recomputes the log from the rows that it was made of, leaf after leaf, and compares every anchored root on the way: a
 * changed row is told by its leaf, a deleted one by its place, a planted one by having none, a rewritten history by an
 * anchor.
 */
public final class Walk {

    private final GrowingTree tree = new GrowingTree();
    private final List<Fault> faults = new ArrayList<>();
    private Instant lastAnchor = Instant.EPOCH;
    private long rootsCompared;
    private @Nullable Instant anchoredAt;
    private boolean rootsBroken;

    /**
     * Goes on for at most so many leaves, in one snapshot of the caller's.
     *
     * @return whether the end of the log was reached
     */
    public boolean step(Connection c, int most) throws SQLException {
        long start = tree.size();
        Map<Long, AnchoredRoot> roots = new TreeMap<>();
        AnchoredRoot.from(c, start + 1).forEach(root -> roots.put(root.size(), root));
        List<StoredLeaf> leaves = read(c, start, most);
        List<Optional<Fault>> checked =
                leaves.parallelStream().map(StoredLeaf::check).toList();
        for (int i = 0; i < leaves.size(); i++) {
            StoredLeaf leaf = leaves.get(i);
            while (tree.size() < leaf.leaf()) {
                long missing = tree.size();
                faults.add(new Fault(
                        Fault.Kind.DELETED,
                        "evidence.leaf",
                        Long.toString(missing),
                        missing,
                        "",
                        "there is no leaf at this place"));
                // A stand-in, so that the places behind keep theirs; the next anchor tells as well.
                tree.add(new byte[32]);
                rootsBroken = true;
            }
            checked.get(i).or(() -> leaf.checkAge(lastAnchor)).ifPresent(faults::add);
            tree.add(leaf.placed().bytes());
            AnchoredRoot root = roots.remove(tree.size());
            if (root != null) {
                compare(root);
            }
        }
        boolean end = leaves.size() < most;
        if (end) {
            beyond(c, roots);
            boolean suspected = faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.DELETED);
            faults.addAll(Unplaced.find(c, suspected));
        }
        return end;
    }

    private void compare(AnchoredRoot root) {
        rootsCompared++;
        String computed = HexFormat.of().formatHex(tree.root());
        if (!rootsBroken && !computed.equals(root.root())) {
            faults.add(new Fault(
                    Fault.Kind.REORDERED,
                    "evidence.root",
                    Long.toString(root.size()),
                    root.size() - 1,
                    "",
                    "the anchored root differs: " + computed));
            rootsBroken = true;
        }
        if (!root.agrees()) {
            faults.add(new Fault(
                    Fault.Kind.CHANGED,
                    "evidence.root",
                    Long.toString(root.size()),
                    root.size() - 1,
                    "",
                    "the act on the ledger says " + root.said()));
        }
        lastAnchor = root.at();
        anchoredAt = root.at();
    }

    /** Anchored leaves that are no longer there. While the queue waits, its leaves may be those of an older log. */
    private void beyond(Connection c, Map<Long, AnchoredRoot> roots) throws SQLException {
        if (!roots.isEmpty() && count(c, "select count(*) from evidence.queue") == 0) {
            faults.add(new Fault(
                    Fault.Kind.DELETED,
                    "evidence.leaf",
                    Long.toString(tree.size()),
                    tree.size(),
                    "",
                    "the end of the log is missing"));
        }
    }

    private static List<StoredLeaf> read(Connection c, long start, int most) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(StoredLeaf.SELECT + "where l.leaf >= ? order by l.leaf limit ?")) {
            s.setLong(1, start);
            s.setInt(2, most);
            s.setFetchSize(5000);
            List<StoredLeaf> leaves = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    leaves.add(new StoredLeaf(rs));
                }
            }
            return leaves;
        }
    }

    static long count(Connection c, String sql) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql);
                ResultSet rs = s.executeQuery()) {
            rs.next();
            return rs.getLong(1);
        }
    }

    /** What was found so far, in the order of the log. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** How many leaves were looked at so far. */
    public long size() {
        return tree.size();
    }

    /** The root over them, in hexadecimal. */
    public String root() {
        return HexFormat.of().formatHex(tree.root());
    }

    public long rootsCompared() {
        return rootsCompared;
    }

    /** When the last of the compared roots was anchored. */
    public @Nullable Instant anchoredAt() {
        return anchoredAt;
    }
}

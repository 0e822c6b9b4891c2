package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MerkleTree;

/**
 * Looks at what was written to the log and to the rows behind it since some transaction, whoever wrote it, and counts to
 * find what is gone. PostgreSQL stamps each row version with the transaction that wrote it.
 */
public final class Changes {

    private static final int AT_ONCE = 50_000;

    private final Connection connection;
    private final String since;
    private final List<Fault> faults = new ArrayList<>();

    private Changes(Connection connection, String since) {
        this.connection = connection;
        this.since = since;
    }

    /** What is wrong among the rows written from that transaction on, and what is missing. */
    public static List<Fault> since(Connection c, String transaction) throws SQLException {
        Changes changes = new Changes(c, transaction);
        Set<Long> leaves = changes.writtenLeaves();
        changes.leaves(leaves);
        boolean planted = changes.planted();
        changes.gone(planted);
        changes.nodes();
        changes.roots();
        return changes.faults;
    }

    private static String written(String alias) {
        return "age(" + alias + ".xmin) <= age(cast(cast(? as text) as xid))";
    }

    private Set<Long> writtenLeaves() throws SQLException {
        String sql = "select l.leaf from evidence.leaf l where " + written("l")
                + " union select l.leaf from audit.entry e join evidence.leaf l on l.kind = 'audit' and l.ref = e.id::text where "
                + written("e")
                + " union select l.leaf from evidence.exhibit x join evidence.leaf l on l.exhibit_id = x.id where "
                + written("x");
        Set<Long> leaves = new TreeSet<>();
        query(sql, rs -> leaves.add(rs.getLong(1)), since, since, since);
        return leaves;
    }

    private void leaves(Set<Long> numbers) throws SQLException {
        List<Long> all = List.copyOf(numbers);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            List<StoredLeaf> rows = new ArrayList<>();
            query(
                    StoredLeaf.SELECT + "where l.leaf = any(?)",
                    rs -> rows.add(new StoredLeaf(rs)),
                    connection.createArrayOf("int8", some.toArray()));
            rows.parallelStream().map(StoredLeaf::check).forEachOrdered(fault -> fault.ifPresent(faults::add));
        }
    }

    /** Rows written since that are in neither log nor queue. */
    private boolean planted() throws SQLException {
        int before = faults.size();
        query(
                """
                select e.id::text from audit.entry e where %s
                  and not exists (select 1 from evidence.leaf l where l.kind = 'audit' and l.ref = e.id::text)
                  and not exists (select 1 from evidence.queue q where q.kind = 'audit' and q.ref = e.id::text and octet_length(q.hash) = 32)
                order by e.id""".formatted(written("e")),
                rs -> faults.add(new Fault(
                        Fault.Kind.INSERTED,
                        "audit.entry",
                        rs.getString(1),
                        null,
                        "audit:" + rs.getString(1),
                        "not written by the application")),
                since);
        query(
                """
                select x.id::text, x.kind || ':' || x.ref from evidence.exhibit x where %s
                  and not exists (select 1 from evidence.leaf l where l.exhibit_id = x.id)
                  and not exists (select 1 from evidence.queue q where q.exhibit_id = x.id) order by x.id""".formatted(written("x")),
                rs -> faults.add(new Fault(
                        Fault.Kind.INSERTED,
                        "evidence.exhibit",
                        rs.getString(1),
                        null,
                        rs.getString(2),
                        "not written by the application")),
                since);
        return faults.size() > before;
    }

    private void gone(boolean suspected) throws SQLException {
        if (suspected || Unplaced.differs(connection, "audit.entry", "kind = 'audit'")) {
            query(
                    """
                    select l.leaf, l.ref from evidence.leaf l where l.kind = 'audit'
                      and not exists (select 1 from audit.entry e where e.id = l.ref::bigint) order by l.leaf limit 100""",
                    rs -> faults.add(new Fault(
                            Fault.Kind.DELETED,
                            "audit.entry",
                            rs.getString(2),
                            rs.getLong(1),
                            "audit:" + rs.getString(2),
                            "the row is gone")));
        }
        if (suspected || Unplaced.differs(connection, "evidence.exhibit", "kind <> 'audit'")) {
            query(
                    """
                    select l.leaf, l.exhibit_id::text, l.kind || ':' || l.ref from evidence.leaf l where l.kind <> 'audit'
                      and not exists (select 1 from evidence.exhibit x where x.id = l.exhibit_id) order by l.leaf limit 100""",
                    rs -> faults.add(new Fault(
                            Fault.Kind.DELETED,
                            "evidence.exhibit",
                            rs.getString(2),
                            rs.getLong(1),
                            rs.getString(3),
                            "the row is gone")));
        }
        long size = StoredTree.size(connection);
        if (Walk.count(connection, "select count(*) from evidence.leaf") != size) {
            query("""
                    select l.leaf + 1 from evidence.leaf l where l.leaf + 1 < (select max(leaf) from evidence.leaf)
                      and not exists (select 1 from evidence.leaf n where n.leaf = l.leaf + 1) order by 1 limit 20""", rs -> deletedLeaf(rs.getLong(1)));
            if (Walk.count(connection, "select count(*) from evidence.leaf where leaf = 0") == 0) {
                deletedLeaf(0);
            }
        }
        if (Walk.count(connection, "select coalesce(max(size), 0) from evidence.root") > size
                && Walk.count(connection, "select count(*) from evidence.queue") == 0) {
            deletedLeaf(size);
        }
        // Each complete subtree of the tree is stored once: so many there are above n leaves.
        if (Walk.count(connection, "select count(*) from evidence.node") != size - Long.bitCount(size)) {
            faults.add(new Fault(
                    Fault.Kind.DELETED,
                    "evidence.node",
                    "of " + size + " leaves",
                    null,
                    "",
                    "stored subtrees are missing or too many"));
        }
    }

    private void deletedLeaf(long leaf) {
        faults.add(new Fault(
                Fault.Kind.DELETED, "evidence.leaf", Long.toString(leaf), leaf, "", "there is no leaf at this place"));
    }

    /** Stored subtrees are what their halves make: those written since, and those above what was. */
    private void nodes() throws SQLException {
        query(
                """
                with written as (
                  select 0 as level, l.leaf as position from evidence.leaf l where %s
                  union all select n.level, n.position from evidence.node n where %s),
                wanted as (
                  select level, position from written where level > 0
                  union select level + 1, position >> 1 from written)
                select n.level, n.position from wanted w join evidence.node n on n.level = w.level and n.position = w.position
                  left join evidence.node a on w.level > 1 and a.level = w.level - 1 and a.position = w.position * 2
                  left join evidence.node b on w.level > 1 and b.level = w.level - 1 and b.position = w.position * 2 + 1
                  left join evidence.leaf c on w.level = 1 and c.leaf = w.position * 2
                  left join evidence.leaf d on w.level = 1 and d.leaf = w.position * 2 + 1
                where n.hash is distinct from sha256('\\x01'::bytea || coalesce(a.hash, c.hash) || coalesce(b.hash, d.hash))
                order by 1, 2 limit 20""".formatted(written("l"), written("n")),
                rs -> faults.add(new Fault(
                        Fault.Kind.CHANGED,
                        "evidence.node",
                        rs.getInt(1) + "/" + rs.getLong(2),
                        null,
                        "",
                        "it is not what its halves make")),
                since,
                since);
    }

    private void roots() throws SQLException {
        long size = StoredTree.size(connection);
        for (AnchoredRoot root :
                AnchoredRoot.where(connection, "(" + written("r") + " or " + written("a") + ")", since, since)) {
            if (!root.agrees()) {
                wrongRoot(root, "the act on the ledger says " + root.said());
            } else if (root.size() <= size) {
                String computed = computed(root.size());
                if (computed != null && !computed.equals(root.root())) {
                    wrongRoot(root, "the stored subtrees make " + computed);
                }
            }
        }
        query(
                """
                select a.id::text, a.document::jsonb #>> '{act,body,size}' from ledger.act a where a.subject = ?
                  and a.state in ('PENDING', 'RECORDED') and not exists (select 1 from evidence.root r where r.act_id = a.id) limit 20""",
                rs -> faults.add(new Fault(
                        Fault.Kind.DELETED,
                        "evidence.root",
                        String.valueOf(rs.getString(2)),
                        null,
                        "",
                        "the root of act " + rs.getString(1) + " is gone")),
                Anchoring.SUBJECT.toString());
    }

    private void wrongRoot(AnchoredRoot root, String found) {
        faults.add(
                new Fault(Fault.Kind.CHANGED, "evidence.root", Long.toString(root.size()), root.size() - 1, "", found));
    }

    private @Nullable String computed(long size) throws SQLException {
        try {
            return HexFormat.of().formatHex(StoredTree.read(connection, nodes -> MerkleTree.root(size, nodes)));
        } catch (StoredTree.MissingNode gone) {
            // Counting finds it too, and names it better.
            return null;
        }
    }

    private void query(String sql, Row row, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(sql)) {
            s.setFetchSize(5000);
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    row.read(rs);
                }
            }
        }
    }

    private interface Row {
        void read(ResultSet rs) throws SQLException;
    }
}

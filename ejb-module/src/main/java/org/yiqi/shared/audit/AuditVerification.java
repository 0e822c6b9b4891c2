package org.yiqi.shared.audit;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Secured;

/**
 * Recomputes the log from its rows and says where it first differs from what was written: a changed row by its leaf, a
 * deleted one by its place, a planted one by a wrong leaf or a date long before its place, a rewritten history by an anchor.
 */
@Stateless
@Secured
@RolesAllowed({Roles.AUDITOR, Roles.REGULATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditVerification {

    private static final int BATCH = 10_000;

    /** The longest that a transaction may hold an entry back before it counts as planted. */
    private static final Duration LATEST = Duration.ofHours(2);

    private static final Jsonb JSON = JsonbBuilder.create();

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    public AuditVerdict verify() {
        return verify(Sql.over(dataSource), clock.instant());
    }

    static AuditVerdict verify(Sql sql, Instant now) {
        Map<Long, Anchor> anchors = new HashMap<>();
        Instant anchoredAt = null;
        for (Anchor a : sql.list(
                "select size, root, at from audit.anchor order by size",
                rs -> new Anchor(
                        rs.getLong(1),
                        HexFormat.of().formatHex(rs.getBytes(2)),
                        rs.getTimestamp(3).toInstant()))) {
            anchors.put(a.size, a);
            anchoredAt = a.at;
        }
        long waiting = sql.first(
                        "select count(*) from audit.entry e where not exists (select 1 from audit.position p where p.entry_id = e.id)",
                        rs -> rs.getLong(1))
                .orElse(0L);
        MerkleTree tree = new MerkleTree();
        AuditVerdict.Fault fault = null;
        Instant lastAnchor = Instant.EPOCH;
        while (fault == null) {
            List<Placed> batch = sql.list("""
                    select p.position, p.entry_id, p.leaf placed, e.id, e.at, e.org_id, e.person_id, e.action, e.subject, e.details::text details, e.salt, e.leaf
                      from audit.position p left join audit.entry e on e.id = p.entry_id
                     where p.position > ? order by p.position limit ?""", AuditVerification::read, tree.size(), BATCH);
            for (Placed row : batch) {
                fault = check(row, tree.size() + 1, lastAnchor);
                if (fault != null) {
                    break;
                }
                tree.add(row.placed);
                Anchor anchor = anchors.remove(tree.size());
                if (anchor != null) {
                    if (!anchor.root.equals(HexFormat.of().formatHex(tree.root()))) {
                        fault = new AuditVerdict.Fault(
                                "REORDERED", tree.size(), row.entry, "the anchored root differs");
                        break;
                    }
                    lastAnchor = anchor.at;
                }
            }
            if (batch.size() < BATCH) {
                break;
            }
        }
        if (fault == null && !anchors.isEmpty()) {
            fault = new AuditVerdict.Fault("DELETED", tree.size() + 1, null, "the end of the log is missing");
        }
        return new AuditVerdict(
                fault == null, tree.size(), waiting, HexFormat.of().formatHex(tree.root()), anchoredAt, now, fault);
    }

    private static AuditVerdict.@Nullable Fault check(Placed row, long expected, Instant lastAnchor) {
        if (row.position != expected) {
            return new AuditVerdict.Fault("DELETED", expected, null, "no entry at this place");
        }
        if (row.leaf == null || row.salt == null || row.content == null) {
            return new AuditVerdict.Fault("DELETED", row.position, row.entry, "the entry is gone");
        }
        if (row.leaf.length == 0) {
            return new AuditVerdict.Fault("INSERTED", row.position, row.entry, "not written by the application");
        }
        boolean same = Arrays.equals(row.placed, row.leaf) && Arrays.equals(row.leaf, row.content.hash(row.salt));
        if (!same) {
            return new AuditVerdict.Fault("CHANGED", row.position, row.entry, "the entry differs from its leaf");
        }
        if (row.content.at().isBefore(lastAnchor.minus(LATEST))) {
            return new AuditVerdict.Fault("INSERTED", row.position, row.entry, "dated long before its place");
        }
        return null;
    }

    // The JSON of one of our own columns: an object.
    @SuppressWarnings("unchecked")
    private static Placed read(ResultSet rs) throws SQLException {
        String details = rs.getString("details");
        Leaf content = details == null
                ? null
                : new Leaf(
                        rs.getTimestamp("at").toInstant(),
                        rs.getObject("org_id", UUID.class),
                        rs.getObject("person_id", UUID.class),
                        rs.getString("action"),
                        rs.getString("subject"),
                        Leaf.plain(JSON.fromJson(details, Map.class)));
        return new Placed(
                rs.getLong("position"),
                rs.getLong("entry_id"),
                rs.getBytes("placed"),
                rs.getBytes("leaf"),
                rs.getBytes("salt"),
                content);
    }

    private record Anchor(long size, String root, Instant at) {}

    private static final class Placed {

        private final long position;
        private final long entry;
        private final byte[] placed;
        private final byte @Nullable [] leaf;
        private final byte @Nullable [] salt;
        private final @Nullable Leaf content;

        Placed(
                long position,
                long entry,
                byte[] placed,
                byte @Nullable [] leaf,
                byte @Nullable [] salt,
                @Nullable Leaf content) {
            this.position = position;
            this.entry = entry;
            this.placed = placed;
            this.leaf = leaf;
            this.salt = salt;
            this.content = content;
        }
    }
}

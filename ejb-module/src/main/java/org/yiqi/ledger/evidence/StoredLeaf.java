package org.yiqi.ledger.evidence;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MerkleTree;
import org.yiqi.shared.audit.AuditContent;

/** A leaf as it lies in the database, together with the row that it was made of. */
final class StoredLeaf {

    /** Every leaf with what it stands for; to be completed with {@code where}. */
    static final String SELECT = """
            select l.leaf, l.kind, l.ref, l.hash placed, l.exhibit_id, e.id entry_id, e.at, e.org_id, e.person_id, e.action,
              e.subject, e.details::text details, e.salt entry_salt, e.leaf entry_leaf, x.id exhibit, x.kind exhibit_kind,
              x.ref exhibit_ref, x.salt exhibit_salt, x.content, x.hash exhibit_hash, x.erased_at
            from evidence.leaf l
            left join audit.entry e on e.id = case when l.kind = 'audit' then l.ref::bigint end
            left join evidence.exhibit x on x.id = l.exhibit_id
            """;

    /** The longest that a transaction may hold an entry back before it counts as planted. */
    private static final Duration LATEST = Duration.ofHours(2);

    private static final Jsonb JSON = JsonbBuilder.create();

    private final long leaf;
    private final String of;
    private final boolean audit;
    private final String row;
    private final Hash placed;
    private final @Nullable Hash kept;
    private final byte @Nullable [] salt;
    private final boolean erased;
    private final boolean sameThing;
    private final @Nullable Instant at;
    private final @Nullable UUID org;
    private final @Nullable UUID person;
    private final String action;
    private final String subject;
    private final @Nullable String content;

    StoredLeaf(ResultSet rs) throws SQLException {
        leaf = rs.getLong("leaf");
        String kind = rs.getString("kind");
        String ref = rs.getString("ref");
        of = kind + ":" + ref;
        audit = kind.equals("audit");
        placed = new Hash(rs.getBytes("placed"));
        row = audit ? ref : String.valueOf(rs.getString("exhibit_id"));
        kept = Hash.orNull(rs.getBytes(audit ? "entry_leaf" : "exhibit_hash"));
        salt = rs.getBytes(audit ? "entry_salt" : "exhibit_salt");
        content = rs.getString(audit ? "details" : "content");
        erased = !audit && rs.getTimestamp("erased_at") != null;
        sameThing = audit || (kind.equals(rs.getString("exhibit_kind")) && ref.equals(rs.getString("exhibit_ref")));
        at = rs.getTimestamp("at") == null ? null : rs.getTimestamp("at").toInstant();
        org = rs.getObject("org_id", UUID.class);
        person = rs.getObject("person_id", UUID.class);
        action = String.valueOf(rs.getString("action"));
        subject = String.valueOf(rs.getString("subject"));
    }

    long leaf() {
        return leaf;
    }

    Hash placed() {
        return placed;
    }

    /** Compares the row with its leaf, by computing the leaf from it again. */
    Optional<Fault> check() {
        if (kept == null) {
            return fault(Fault.Kind.DELETED, "the row is gone");
        }
        if (!kept.equals(placed) || !sameThing) {
            return fault(Fault.Kind.CHANGED, "the row is not the one of its leaf");
        }
        if (erased && content == null && salt == null) {
            return Optional.empty();
        }
        byte[] own = salt;
        String said = content;
        if (own == null || said == null || !new Hash(computed(own, said)).equals(placed)) {
            return fault(Fault.Kind.CHANGED, "the row differs from its leaf");
        }
        return Optional.empty();
    }

    /** A row that claims to be much older than the root before it was put there afterwards. */
    Optional<Fault> checkAge(Instant lastAnchor) {
        return at != null && at.isBefore(lastAnchor.minus(LATEST))
                ? fault(Fault.Kind.INSERTED, "dated long before its place")
                : Optional.empty();
    }

    // The JSON of one of our own columns: an object.
    @SuppressWarnings("unchecked")
    private byte[] computed(byte[] own, String said) {
        if (audit && at != null) {
            Map<String, Object> details = AuditContent.plain(JSON.fromJson(said, Map.class));
            return new AuditContent(at, org, person, action, subject, details).hash(own);
        }
        return MerkleTree.leaf(own, said.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Fault> fault(Fault.Kind kind, String found) {
        return Optional.of(new Fault(kind, audit ? "audit.entry" : "evidence.exhibit", row, leaf, of, found));
    }
}

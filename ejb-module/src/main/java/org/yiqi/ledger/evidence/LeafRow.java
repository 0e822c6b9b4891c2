package org.yiqi.ledger.evidence;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.audit.AuditContent;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;

/**
 * A leaf as the caller sees it, by the row-level policies of the thing that it is about.
 *
 * @param leaf null while it waits for its place
 * @param hash in hexadecimal
 * @param salt in Base64
 */
public record LeafRow(
        @Nullable Long leaf,
        EvidenceKind kind,
        String ref,
        String hash,
        @Nullable String salt,
        @Nullable String content,
        Instant at,
        @Nullable UUID controller,
        @Nullable Instant erasedAt,
        @Nullable String erasedReason) {

    private static final Jsonb JSON = JsonbBuilder.create();

    private static final String OF_EXHIBITS = """
            select l.leaf, x.kind, x.ref, encode(x.hash, 'hex') hash, x.salt, x.content, x.at, x.org_id, x.erased_at, x.erased_reason
            from evidence.exhibit x left join evidence.leaf l on l.exhibit_id = x.id
            """;
    private static final String OF_ENTRIES = """
            select l.leaf, 'audit' kind, e.id::text ref, encode(e.leaf, 'hex') hash, e.salt, e.details::text details, e.at, e.org_id,
              e.person_id, e.action, e.subject
            from audit.entry e left join evidence.leaf l on l.kind = 'audit' and l.ref = e.id::text
            """;

    /** All leaves about a thing, the oldest first. */
    public static List<LeafRow> of(Connection c, EvidenceOf of) throws SQLException {
        return of.kind() == EvidenceKind.AUDIT
                ? list(c, OF_ENTRIES + "where e.id = ?", LeafRow::entry, Long.parseLong(of.ref()))
                : list(
                        c,
                        OF_EXHIBITS + "where x.kind = ? and x.ref = ? order by l.leaf nulls last, x.id",
                        LeafRow::exhibit,
                        of.kind().code(),
                        of.ref());
    }

    /** The leaf at a place, if the caller sees it. */
    public static List<LeafRow> at(Connection c, long leaf) throws SQLException {
        List<EvidenceOf> found = list(
                c,
                "select kind, ref from evidence.leaf where leaf = ?",
                rs -> new EvidenceOf(kind(rs.getString(1)), rs.getString(2)),
                leaf);
        if (found.isEmpty()) {
            return List.of();
        }
        return of(c, found.get(0)).stream()
                .filter(row -> row.leaf() != null && row.leaf() == leaf)
                .toList();
    }

    private static <T> List<T> list(Connection c, String sql, Sql.Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            Sql.bind(c, s, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    rows.add(row.read(rs));
                }
            }
            return rows;
        }
    }

    private static LeafRow exhibit(ResultSet rs) throws SQLException {
        return new LeafRow(
                leaf(rs),
                kind(rs.getString("kind")),
                rs.getString("ref"),
                rs.getString("hash"),
                base64(rs.getBytes("salt")),
                rs.getString("content"),
                rs.getTimestamp("at").toInstant(),
                rs.getObject("org_id", UUID.class),
                Sql.instant(rs, "erased_at"),
                rs.getString("erased_reason"));
    }

    // The JSON of one of our own columns: an object.
    @SuppressWarnings("unchecked")
    private static LeafRow entry(ResultSet rs) throws SQLException {
        Instant at = rs.getTimestamp("at").toInstant();
        AuditContent content = new AuditContent(
                at,
                rs.getObject("org_id", UUID.class),
                rs.getObject("person_id", UUID.class),
                rs.getString("action"),
                rs.getString("subject"),
                AuditContent.plain(JSON.fromJson(rs.getString("details"), Map.class)));
        return new LeafRow(
                leaf(rs),
                EvidenceKind.AUDIT,
                rs.getString("ref"),
                rs.getString("hash"),
                base64(rs.getBytes("salt")),
                content.json(),
                at,
                rs.getObject("org_id", UUID.class),
                null,
                null);
    }

    private static @Nullable Long leaf(ResultSet rs) throws SQLException {
        long leaf = rs.getLong("leaf");
        return rs.wasNull() ? null : leaf;
    }

    private static EvidenceKind kind(String code) {
        return EvidenceKind.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}

package org.yiqi.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Party;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;

/**
 * Compares what the local ledger holds with itself, with the acts' rows and with the heads outside the database.
 *
 * <p>Covered: every column of {@code ledger.journal}; position, hash and signature of {@code ledger.signed_head};
 * document, type, subject, time, chain, parties, state and position of {@code ledger.act}; acts, heads and custodians in
 * {@code ledger.state}; every line of {@code heads.jsonl}.
 *
 * <p>It is incremental: PostgreSQL stamps each row version with the transaction that wrote it, so a pass looks only at
 * rows that were written since the pass before, whoever wrote them, and counts to find those that are gone.
 */
public final class LedgerCheck {

    private static final String SINCE =
            "(cast(? as text) is null or age(%s.xmin) <= age(cast(cast(? as text) as xid)))";

    private final HeadFile file;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Connection snapshot;
    private @Nullable String since;
    private @Nullable String only;
    private HeadFile.Part outside = HeadFile.Part.NONE;

    /** @param dataDir where the file of signed heads is */
    public LedgerCheck(Path dataDir) {
        this.file = new HeadFile(dataDir);
    }

    /**
     * One pass. The connection begins a repeatable-read transaction here: the file outside is read first, so that the
     * snapshot has everything that the file has.
     */
    public List<Finding> pass(Connection c) throws SQLException {
        outside = file.readAfter(outside);
        findings.clear();
        snapshot = c;
        journal();
        journalGaps();
        heads();
        acts();
        missingActs();
        state();
        snapshot = null;
        return List.copyOf(findings);
    }

    /** Looks at everything that is kept about some subjects, whenever it was written. */
    public List<Finding> of(Connection c, List<Subject> subjects) throws SQLException {
        findings.clear();
        snapshot = c;
        for (Subject subject : subjects) {
            only = subject.toString();
            journal();
            acts();
            missingActs();
            state();
        }
        only = null;
        snapshot = null;
        return List.copyOf(findings);
    }

    /** Which rows this run looks at; binds {@link #bound} twice. */
    private String wanted(String alias, String subject) {
        return only == null ? writtenSince(alias) : "(cast(? as text) is not null and " + subject + " = ?)";
    }

    private @Nullable String bound() {
        return only == null ? since : only;
    }

    /** The transaction from which on rows are looked at again; null before the first pass is {@link #done}. */
    public @Nullable String since() {
        return since;
    }

    /** The next pass need not look at what this one saw. Call it in the pass's own snapshot. */
    public void done(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select pg_snapshot_xmin(pg_current_snapshot())::xid::text")) {
            rs.next();
            since = rs.getString(1);
        }
    }

    /** SQL that is true for rows of the alias written since; binds {@code since} twice. */
    public static String writtenSince(String alias) {
        return SINCE.formatted(alias);
    }

    private void journal() throws SQLException {
        query(
                """
                select j.position, j.act_id, j.subject, j.document, j.recorded_at, j.previous_hash, j.hash,
                  coalesce(p.hash, ?) before, s.value
                from ledger.journal j left join ledger.journal p on p.position = j.position - 1
                left join ledger.state s on s.key = 'act/' || j.act_id
                where %s order by j.position""".formatted(wanted("j", "j.subject")),
                rs -> {
                    String row = rs.getString("position");
                    String subject = rs.getString("subject");
                    String document = rs.getString("document");
                    JournalEntry entry = JournalEntry.of(
                            rs.getLong("position"),
                            rs.getTimestamp("recorded_at").toInstant(),
                            document,
                            rs.getString("previous_hash"));
                    String copy = rs.getString("value");
                    if (!entry.hash().equals(rs.getString("hash"))) {
                        boolean content = copy != null && !copy.equals(document);
                        findings.add(
                                content
                                        ? Finding.changed("ledger.journal", row, "document", copy, document, subject)
                                        : Finding.changed(
                                                "ledger.journal",
                                                row,
                                                "hash",
                                                entry.hash(),
                                                rs.getString("hash"),
                                                subject));
                    }
                    differs(
                            "ledger.journal",
                            row,
                            "previous_hash",
                            rs.getString("before"),
                            entry.previousHash(),
                            subject);
                    String act = rs.getString("act_id");
                    if (act != null) {
                        SignedAct signed = parsed("ledger.journal", row, document, subject);
                        if (signed != null) {
                            differs(
                                    "ledger.journal",
                                    row,
                                    "act_id",
                                    signed.act().id().toString(),
                                    act,
                                    subject);
                            differs(
                                    "ledger.journal",
                                    row,
                                    "subject",
                                    signed.act().subject().toString(),
                                    subject,
                                    subject);
                        }
                    }
                },
                JournalEntry.ORIGIN,
                bound(),
                bound());
    }

    private void journalGaps() throws SQLException {
        query(
                """
                select j.position + 1 gap from ledger.journal j
                where (select count(*) <> coalesce(max(position), -1) + 1 from ledger.journal)
                  and not exists (select 1 from ledger.journal n where n.position = j.position + 1)
                  and j.position < (select max(position) from ledger.journal)
                union all select 0 where not exists (select 1 from ledger.journal where position = 0)
                  and exists (select 1 from ledger.signed_head)""",
                rs -> findings.add(
                        Finding.missing("ledger.journal", rs.getString("gap"), "a line of the journal", "")));
    }

    /** Heads against the journal, and the file outside against both. */
    private void heads() throws SQLException {
        query(
                """
                select h.position, h.hash, h.key_id, j.hash journal, h.signed_at, h.signature
                from ledger.signed_head h left join ledger.journal j on j.position = h.position
                where %s or j.position is null""".formatted(writtenSince("h")),
                rs -> {
                    String row = rs.getString("position");
                    if (rs.getString("journal") == null) {
                        findings.add(Finding.missing(
                                "ledger.journal", row, "the line with hash " + rs.getString("hash"), ""));
                    } else {
                        differs("ledger.signed_head", row, "hash", rs.getString("journal"), rs.getString("hash"), "");
                    }
                },
                since,
                since);
        if (count("select count(*) from ledger.signed_head") < outside.lines()) {
            // Some are gone: only the whole file tells which.
            outside = file.readAfter(HeadFile.Part.NONE);
        }
        for (SignedHead head : outside.heads()) {
            compare(head);
        }
    }

    private void compare(SignedHead head) throws SQLException {
        boolean[] stored = {false};
        String row = Long.toString(head.position());
        query(
                "select hash, key_id, signature, signed_at from ledger.signed_head where position = ?",
                rs -> {
                    stored[0] = true;
                    differs("ledger.signed_head", row, "hash", head.hash(), rs.getString("hash"), "");
                    differs("ledger.signed_head", row, "key_id", head.keyId(), rs.getString("key_id"), "");
                    differs("ledger.signed_head", row, "signature", head.signature(), rs.getString("signature"), "");
                    Instant signedAt = rs.getTimestamp("signed_at").toInstant();
                    differs(
                            "ledger.signed_head",
                            row,
                            "signed_at",
                            head.signedAt().toString(),
                            signedAt.toString(),
                            "");
                },
                head.position());
        if (!stored[0]) {
            findings.add(Finding.missing("ledger.signed_head", row, "hash " + head.hash(), ""));
        }
    }

    private long count(String sql) throws SQLException {
        long[] count = {0};
        query(sql, rs -> count[0] = rs.getLong(1));
        return count[0];
    }

    private void acts() throws SQLException {
        query(
                """
                select a.id, a.type, a.subject, a.occurred_at, a.previous, a.digest, a.document, a.orgs, a.state,
                  a.journal_position, j.document journal, j.position
                from ledger.act a left join ledger.journal j on j.act_id = a.id
                where (a.state = 'RECORDED' or j.position is not null) and %s""".formatted(wanted("a", "coalesce(j.subject, a.subject)")),
                rs -> {
                    String row = rs.getString("id");
                    String subject = rs.getString("subject");
                    String journal = rs.getString("journal");
                    if (journal == null) {
                        findings.add(new Finding(
                                Finding.Kind.ROW_UNKNOWN,
                                "ledger.act",
                                row,
                                "state",
                                "a line of the journal",
                                "RECORDED",
                                subject));
                        return;
                    }
                    SignedAct signed = parsed("ledger.journal", rs.getString("position"), journal, subject);
                    if (signed == null) {
                        return;
                    }
                    differs("ledger.act", row, "document", journal, rs.getString("document"), subject);
                    differs("ledger.act", row, "state", "RECORDED", rs.getString("state"), subject);
                    differs("ledger.act", row, "type", signed.act().type(), rs.getString("type"), subject);
                    differs("ledger.act", row, "subject", signed.act().subject().toString(), subject, subject);
                    differs("ledger.act", row, "digest", signed.act().digest(), rs.getString("digest"), subject);
                    differs("ledger.act", row, "previous", signed.act().previous(), rs.getString("previous"), subject);
                    differs(
                            "ledger.act",
                            row,
                            "occurred_at",
                            signed.act().occurredAt().toString(),
                            rs.getTimestamp("occurred_at").toInstant().toString(),
                            subject);
                    differs(
                            "ledger.act",
                            row,
                            "journal_position",
                            rs.getString("position"),
                            rs.getString("journal_position"),
                            subject);
                    differs(
                            "ledger.act",
                            row,
                            "orgs",
                            orgs(signed),
                            sorted((Object[]) rs.getArray("orgs").getArray()),
                            subject);
                },
                bound(),
                bound());
    }

    private static String orgs(SignedAct signed) {
        List<Object> orgs = new ArrayList<>();
        signed.act().parties().stream().map(Party::org).forEach(orgs::add);
        if (signed.act().subject().kind() == Subject.Kind.ORGANISATION) {
            orgs.add(signed.act().subject().id());
        }
        return sorted(orgs.toArray());
    }

    private static String sorted(Object[] ids) {
        TreeSet<String> sorted = new TreeSet<>();
        for (Object id : ids) {
            sorted.add(String.valueOf(id));
        }
        return sorted.toString();
    }

    private void missingActs() throws SQLException {
        query(
                """
                select j.act_id, j.subject, j.position from ledger.journal j
                where (j.subject = ? or cast(? as text) is null
                    and (select count(*) from ledger.journal where act_id is not null)
                     <> (select count(*) from ledger.act where state = 'RECORDED'))
                  and j.act_id is not null and not exists (select 1 from ledger.act a where a.id = j.act_id)""",
                rs -> findings.add(Finding.missing(
                        "ledger.act",
                        rs.getString("act_id"),
                        "the act of journal line " + rs.getString("position"),
                        rs.getString("subject"))),
                only,
                only);
    }

    private void state() throws SQLException {
        query(
                """
                select s.key, s.value, j.document, j.subject from ledger.state s
                left join ledger.journal j on j.act_id = cast(substr(s.key, 5) as uuid)
                where s.key like 'act/%%' and %s""".formatted(wanted("s", "j.subject")),
                rs -> differs(
                        "ledger.state",
                        rs.getString("key"),
                        "value",
                        Objects.requireNonNullElse(rs.getString("document"), ""),
                        rs.getString("value"),
                        Objects.requireNonNullElse(rs.getString("subject"), "")),
                bound(),
                bound());
        query(
                """
                select s.key, s.value, j.document, j.subject, l.length from ledger.state s
                left join lateral (select document, subject, position from ledger.journal
                  where subject = substr(s.key, 6) order by position desc limit 1) j on true
                left join lateral (select count(*) length from ledger.journal where subject = substr(s.key, 6)) l on true
                where s.key like 'head/%%' and %s""".formatted(wanted("s", "substr(s.key, 6)")),
                rs -> {
                    String document = Objects.requireNonNullElse(rs.getString("document"), "");
                    String subject = Objects.requireNonNullElse(rs.getString("subject"), "");
                    SignedAct last = parsed("ledger.state", rs.getString("key"), document, subject);
                    if (last != null) {
                        differs(
                                "ledger.state",
                                rs.getString("key"),
                                "value",
                                last.act().digest(),
                                SubjectHeads.digest(rs.getString("value")),
                                subject);
                    }
                },
                bound(),
                bound());
        query(
                """
                select s.key, s.value, 'custody:' || substr(s.key, 6) subject,
                  array(select document from ledger.journal where subject = 'custody:' || substr(s.key, 6) order by position) acts
                from ledger.state s where s.key like 'unit/%%' and %s""".formatted(wanted("s", "'custody:' || substr(s.key, 6)")),
                rs -> differs(
                        "ledger.state",
                        rs.getString("key"),
                        "value",
                        SubjectHeads.custodian((String[]) rs.getArray("acts").getArray()),
                        SubjectHeads.custodianOf(rs.getString("value")),
                        rs.getString("subject")),
                bound(),
                bound());
    }

    private @Nullable SignedAct parsed(String table, String row, String document, String subject) {
        try {
            return SignedAct.parse(document);
        } catch (MalformedAct e) {
            Finding finding = Finding.changed(table, row, "document", "an act in canonical form", document, subject);
            if (findings.stream()
                    .noneMatch(f -> f.table().equals(table) && f.rowId().equals(row))) {
                findings.add(finding);
            }
            return null;
        }
    }

    private void differs(
            String table,
            String row,
            String column,
            @Nullable String expected,
            @Nullable String found,
            String subject) {
        if (!Objects.equals(expected, found)) {
            findings.add(Finding.changed(
                    table,
                    row,
                    column,
                    Objects.requireNonNullElse(expected, "null"),
                    Objects.requireNonNullElse(found, "null"),
                    subject));
        }
    }

    private void query(String sql, Row row, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = Objects.requireNonNull(snapshot).prepareStatement(sql)) {
            s.setFetchSize(1000);
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

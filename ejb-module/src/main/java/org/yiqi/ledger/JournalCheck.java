package org.yiqi.ledger;

import java.sql.SQLException;
import java.time.Instant;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;

/**
 * The journal against itself and its heads: every line follows the one before, none is missing, and the signed heads in
 * the database and in the file outside are over these lines.
 */
final class JournalCheck {

    private final HeadFile file;
    private HeadFile.Part outside = HeadFile.Part.NONE;

    JournalCheck(HeadFile file) {
        this.file = file;
    }

    /** Reads on in the file; before the snapshot, so that the snapshot has everything that the file has. */
    void readOutside() {
        outside = file.readAfter(outside);
    }

    void check(Comparison run) throws SQLException {
        lines(run);
        gaps(run);
        heads(run);
    }

    /** The lines that the run is about. */
    static void lines(Comparison run) throws SQLException {
        run.query(
                """
                select j.position, j.act_id, j.subject, j.document, j.recorded_at, j.previous_hash, j.hash,
                  coalesce(p.hash, ?) before, s.value
                from ledger.journal j left join ledger.journal p on p.position = j.position - 1
                left join ledger.state s on s.key = 'act/' || j.act_id
                where %s order by j.position""".formatted(run.wanted("j", "j.subject")),
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
                        run.add(
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
                    run.differs(
                            "ledger.journal",
                            row,
                            "previous_hash",
                            rs.getString("before"),
                            entry.previousHash(),
                            subject);
                    String act = rs.getString("act_id");
                    if (act != null) {
                        SignedAct signed = run.parsed("ledger.journal", row, document, subject);
                        if (signed != null) {
                            run.differs(
                                    "ledger.journal",
                                    row,
                                    "act_id",
                                    signed.act().id().toString(),
                                    act,
                                    subject);
                            run.differs(
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
                run.bound(),
                run.bound());
    }

    private static void gaps(Comparison run) throws SQLException {
        run.query(
                """
                select j.position + 1 gap from ledger.journal j
                where (select count(*) <> coalesce(max(position), -1) + 1 from ledger.journal)
                  and not exists (select 1 from ledger.journal n where n.position = j.position + 1)
                  and j.position < (select max(position) from ledger.journal)
                union all select 0 where not exists (select 1 from ledger.journal where position = 0)
                  and exists (select 1 from ledger.signed_head)""",
                rs -> run.add(Finding.missing("ledger.journal", rs.getString("gap"), "a line of the journal", "")));
    }

    /** Heads against the journal, and the file outside against both. */
    private void heads(Comparison run) throws SQLException {
        run.query(
                """
                select h.position, h.hash, h.key_id, j.hash journal, h.signed_at, h.signature
                from ledger.signed_head h left join ledger.journal j on j.position = h.position
                where %s or j.position is null""".formatted(Comparison.writtenSince("h")),
                rs -> {
                    String row = rs.getString("position");
                    if (rs.getString("journal") == null) {
                        run.add(Finding.missing(
                                "ledger.journal", row, "the line with hash " + rs.getString("hash"), ""));
                    } else {
                        run.differs(
                                "ledger.signed_head", row, "hash", rs.getString("journal"), rs.getString("hash"), "");
                    }
                },
                run.bound(),
                run.bound());
        if (run.count("select count(*) from ledger.signed_head") < outside.lines()) {
            // Some are gone: only the whole file tells which.
            outside = file.readAfter(HeadFile.Part.NONE);
        }
        for (SignedHead head : outside.heads()) {
            compare(run, head);
        }
    }

    private static void compare(Comparison run, SignedHead head) throws SQLException {
        boolean[] stored = {false};
        String row = Long.toString(head.position());
        run.query(
                "select hash, key_id, signature, signed_at from ledger.signed_head where position = ?",
                rs -> {
                    stored[0] = true;
                    run.differs("ledger.signed_head", row, "hash", head.hash(), rs.getString("hash"), "");
                    run.differs("ledger.signed_head", row, "key_id", head.keyId(), rs.getString("key_id"), "");
                    run.differs(
                            "ledger.signed_head", row, "signature", head.signature(), rs.getString("signature"), "");
                    Instant signedAt = rs.getTimestamp("signed_at").toInstant();
                    run.differs(
                            "ledger.signed_head",
                            row,
                            "signed_at",
                            head.signedAt().toString(),
                            signedAt.toString(),
                            "");
                },
                head.position());
        if (!stored[0]) {
            run.add(Finding.missing("ledger.signed_head", row, "hash " + head.hash(), ""));
        }
    }
}

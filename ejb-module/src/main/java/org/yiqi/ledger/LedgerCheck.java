package org.yiqi.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Subject;

/**
 * Compares what the journal holds with itself, with the acts' rows and with the heads outside the database. On a Fabric
 * channel the journal is what was read from the blocks.
 *
 * <p>Covered: every column of {@code ledger.journal}; position, hash and signature of {@code ledger.signed_head};
 * document, type, subject, time, chain, parties, state and position of {@code ledger.act}; acts, heads and custodians in
 * {@code ledger.state}; every line of {@code heads.jsonl}.
 *
 * <p>It is incremental: PostgreSQL stamps each row version with the transaction that wrote it, so a pass looks only at
 * rows that were written since the pass before, whoever wrote them, and counts to find those that are gone.
 */
public final class LedgerCheck {

    private final JournalCheck journal;
    private @Nullable String since;

    /** @param dataDir where the file of signed heads is */
    public LedgerCheck(Path dataDir) {
        this.journal = new JournalCheck(new HeadFile(dataDir));
    }

    /**
     * One pass. The connection begins a repeatable-read transaction here: the file outside is read first, so that the
     * snapshot has everything that the file has.
     */
    public List<Finding> pass(Connection c) throws SQLException {
        journal.readOutside();
        Comparison run = Comparison.since(c, since);
        journal.check(run);
        ActCheck.run(run);
        return List.copyOf(run.findings());
    }

    /** Looks at everything that is kept about some subjects, whenever it was written. */
    public List<Finding> of(Connection c, List<Subject> subjects) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Subject subject : subjects) {
            Comparison run = Comparison.of(c, subject.toString());
            JournalCheck.lines(run);
            ActCheck.run(run);
            findings.addAll(run.findings());
        }
        return List.copyOf(findings);
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
        return Comparison.writtenSince(alias);
    }
}

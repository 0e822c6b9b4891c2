package org.yiqi.oversight;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.yiqi.ledger.EvidenceCheck;
import org.yiqi.ledger.Finding;
import org.yiqi.ledger.LedgerCheck;

/**
 * Looks for rows that somebody changed behind the application's back, pass by pass, and opens a case for each.
 *
 * <p>The first pass looks at everything, later ones at what was written since. Each pass reads one snapshot, so an act
 * that is being recorded is either wholly there or not at all.
 */
final class Watch {

    private final DataSource database;
    private final Clock clock;
    private final LedgerCheck ledger;
    private final EvidenceCheck evidence = new EvidenceCheck();

    Watch(DataSource database, Clock clock, Path dataDir) {
        this.database = database;
        this.clock = clock;
        this.ledger = new LedgerCheck(dataDir);
    }

    /** @return the findings of this pass, those included that have an open case already */
    List<Finding> pass() throws SQLException {
        try (Connection c = database.getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<Finding> findings = new ArrayList<>(ledger.pass(c));
            findings.addAll(CustodyCheck.run(c, ledger.since()));
            findings.addAll(LiabilityCheck.run(c, ledger.since()));
            findings.addAll(evidence.pass(c));
            ledger.done(c);
            c.rollback();
            for (Finding finding : findings) {
                CaseStore.open(c, finding, clock.instant());
            }
            c.commit();
            return findings;
        }
    }
}

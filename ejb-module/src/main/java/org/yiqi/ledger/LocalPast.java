package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.yiqi.contract.Founding;
import org.yiqi.contract.Past;

/**
 * The local ledger that a database's acts were on before they went to a channel: how it began and where it ended. Its
 * journal and heads stay in tables of their own; {@link GrowingUp} put them there.
 */
record LocalPast(Founding founding, Past end) {

    /** What this database has been, if its ledger has grown up. */
    static Optional<LocalPast> of(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select p.hash, p.acts, p.moved_at, j.document from ledger.local_past p, ledger.local_journal j
                        where j.position = 0""")) {
            return rs.next()
                    ? Optional.of(new LocalPast(
                            Founding.parse(rs.getString("document")),
                            new Past(
                                    rs.getString("hash"),
                                    rs.getLong("acts"),
                                    rs.getTimestamp("moved_at").toInstant())))
                    : Optional.empty();
        }
    }

    /** @throws LedgerKind.WrongLedger if what a channel was founded with is not this ledger's continuation */
    void requireContinuedBy(Map<String, String> founded) {
        if (!founding.json().equals(founded.get("founding"))) {
            throw new LedgerKind.WrongLedger(
                    "The channel was founded otherwise than this database's local ledger, which was founded as "
                            + founding.digest());
        }
        String past = founded.get("past");
        if (past == null || !Past.parse(past).hash().equals(end.hash())) {
            throw new LedgerKind.WrongLedger(
                    "The channel does not say that it continues the local ledger whose journal ends with "
                            + end.hash());
        }
    }
}

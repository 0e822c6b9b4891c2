package org.yiqi.oversight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.yiqi.ledger.Finding;
import org.yiqi.shared.Ids;

/** Opens cases; a difference that has an open case does not get a second one. */
final class CaseStore {

    private CaseStore() {}

    /** @return whether a case was opened */
    static boolean open(Connection c, Finding finding, Instant at) throws SQLException {
        return open(
                c,
                finding.kind().name(),
                finding.table(),
                finding.rowId(),
                finding.column(),
                finding.expected(),
                finding.found(),
                finding.subject(),
                at);
    }

    static boolean open(
            Connection c,
            String kind,
            String table,
            String row,
            String column,
            String expected,
            String found,
            String subject,
            Instant at)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into oversight.oversight_case(id, kind, table_name, row_id, column_name, expected, found, subject, opened_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (kind, table_name, row_id, column_name) where state = 'OPEN' do nothing""")) {
            s.setObject(1, Ids.next());
            s.setString(2, kind);
            s.setString(3, table);
            s.setString(4, row);
            s.setString(5, column);
            s.setString(6, expected);
            s.setString(7, found);
            s.setString(8, subject);
            s.setTimestamp(9, Timestamp.from(at));
            return s.executeUpdate() == 1;
        }
    }
}

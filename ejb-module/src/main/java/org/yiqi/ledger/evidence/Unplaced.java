package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows that ought to be in the log and neither are there nor wait for it: nobody but an intruder writes such. */
final class Unplaced {

    private static final int MOST = 20;

    private Unplaced() {}

    /** @param suspected whether to look closely whatever the counts say: a deleted row may make up for a planted one */
    static List<Fault> find(Connection c, boolean suspected) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        // Counting is cheap; which rows they are is asked only when the counts differ.
        if (suspected || differs(c, "audit.entry", "kind = 'audit'")) {
            faults.addAll(list(c, "audit.entry", "audit:", """
                    select e.id::text from audit.entry e
                    where not exists (select 1 from evidence.leaf l where l.kind = 'audit' and l.ref = e.id::text)
                      and not exists (select 1 from evidence.queue q where q.kind = 'audit' and q.ref = e.id::text
                        and octet_length(q.hash) = 32)
                    order by e.id limit"""));
        }
        if (suspected || differs(c, "evidence.exhibit", "kind <> 'audit'")) {
            faults.addAll(list(c, "evidence.exhibit", "", """
                    select x.id::text from evidence.exhibit x
                    where not exists (select 1 from evidence.leaf l where l.exhibit_id = x.id)
                      and not exists (select 1 from evidence.queue q where q.exhibit_id = x.id)
                    order by x.id limit"""));
        }
        return faults;
    }

    static boolean differs(Connection c, String table, String which) throws SQLException {
        return Walk.count(
                        c,
                        "select (select count(*) from " + table + ") - (select count(*) from evidence.leaf where "
                                + which
                                + ") - (select count(*) from evidence.queue where octet_length(hash) = 32 and " + which
                                + ")")
                != 0;
    }

    private static List<Fault> list(Connection c, String table, String prefix, String sql) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql + " " + MOST);
                ResultSet rs = s.executeQuery()) {
            List<Fault> faults = new ArrayList<>();
            while (rs.next()) {
                String row = rs.getString(1);
                faults.add(new Fault(
                        Fault.Kind.INSERTED,
                        table,
                        row,
                        null,
                        prefix.isEmpty() ? "" : prefix + row,
                        "not written by the application"));
            }
            return faults;
        }
    }
}

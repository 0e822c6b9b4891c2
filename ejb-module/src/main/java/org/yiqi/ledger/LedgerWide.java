package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.yiqi.shared.db.Sql;

/**
 * Lets work on a service's connection see the whole ledger, however little of it the caller may see. The service has
 * checked what the caller may do, and shows no more of it than that.
 */
public final class LedgerWide {

    private LedgerWide() {}

    /** Work that sees everything. */
    public interface Work<R> {
        R run() throws SQLException;
    }

    /** Runs the work in SYSTEM scope and sets the caller's scope again. A failure rolls the transaction back anyway. */
    public static <R> R on(Connection c, Work<R> work) throws SQLException {
        String scope = scope(c);
        set(c, "SYSTEM");
        R result = work.run();
        set(c, scope);
        return result;
    }

    /** The same on a connection from the pool, which within a transaction is the transaction's. */
    public static <R> R on(DataSource database, Sql.Work<R> work) {
        try (Connection c = database.getConnection()) {
            return on(c, () -> work.run(c));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String scope(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select shared.scope()")) {
            rs.next();
            return rs.getString(1);
        }
    }

    private static void set(Connection c, String scope) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select set_config('yiqi.scope', ?, true)")) {
            s.setString(1, scope);
            s.execute();
        }
    }
}

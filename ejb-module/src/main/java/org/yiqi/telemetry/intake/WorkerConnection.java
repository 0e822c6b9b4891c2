package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One worker's own connection, opened when needed and again after it broke. Used by one thread. */
final class WorkerConnection implements AutoCloseable {

    private final DataSource database;
    private @Nullable Connection connection;

    WorkerConnection(DataSource database) {
        this.database = database;
    }

    /** Work in a transaction. */
    @FunctionalInterface
    interface Work<R> {
        R run(Connection c) throws SQLException;
    }

    <R> R inTransaction(Work<R> work) throws SQLException {
        Connection c = open();
        try {
            R result = work.run(c);
            c.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                c.rollback();
            } catch (SQLException broken) {
                close();
                e.addSuppressed(broken);
            }
            throw e;
        }
    }

    private Connection open() throws SQLException {
        Connection c = connection;
        if (c == null || c.isClosed()) {
            c = database.getConnection();
            c.setAutoCommit(false);
            connection = c;
        }
        return c;
    }

    boolean answers() {
        try {
            return open().isValid(5);
        } catch (SQLException away) {
            return false;
        }
    }

    @Override
    public void close() {
        Connection c = connection;
        connection = null;
        if (c != null) {
            try {
                c.close();
            } catch (SQLException alreadyGone) {
                // It is closed either way.
            }
        }
    }
}

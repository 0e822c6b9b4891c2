package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Who relays: a PostgreSQL advisory lock on the very connection that the relay writes with, and a fencing number that a
 * successor raises. The lock ends with the connection, so a leader that dies is followed at once; one that only slept
 * finds another number and must not write.
 */
final class Leadership implements AutoCloseable {

    private static final long LOCK = 0x7969_7169_0001L;

    private final DataSource database;
    private @Nullable Connection connection;
    private long epoch;

    Leadership(DataSource database) {
        this.database = database;
    }

    /** What came of asking for the lead. */
    enum Standing {
        FOLLOWS,
        LEADS,
        /** Leads, and did not a moment ago. */
        TOOK_OVER
    }

    /** Tries to become the leader if nobody is. */
    Standing stand() throws SQLException {
        Connection c = connection;
        if (c != null && c.isValid(2)) {
            return Standing.LEADS;
        }
        close();
        c = database.getConnection();
        try {
            if (locked(c)) {
                epoch = nextEpoch(c);
                c.setAutoCommit(false);
                connection = c;
                return Standing.TOOK_OVER;
            }
        } finally {
            if (connection == null) {
                c.close();
            }
        }
        return Standing.FOLLOWS;
    }

    /** The connection that holds the lock. */
    Connection connection() {
        Connection c = connection;
        if (c == null) {
            throw new IllegalStateException("this relay does not lead");
        }
        return c;
    }

    long epoch() {
        return epoch;
    }

    /** Keeps everybody from leading until the transaction ends; false if somebody leads. */
    static boolean exclude(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            s.setLong(1, LOCK);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    private static boolean locked(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select pg_try_advisory_lock(?)")) {
            s.setLong(1, LOCK);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    private static long nextEpoch(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("update ledger.relay_leader set epoch = epoch + 1 returning epoch")) {
            rs.next();
            return rs.getLong(1);
        }
    }

    /** A relay that was superseded while it slept finds another number here and must not write. */
    static void fence(Connection c, long epoch) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("update ledger.relay_leader set epoch = epoch where epoch = ?")) {
            s.setLong(1, epoch);
            if (s.executeUpdate() != 1) {
                throw new Superseded();
            }
        }
    }

    /** Another relay leads now. */
    static final class Superseded extends IllegalStateException {
        Superseded() {
            super("another relay leads now");
        }
    }

    @Override
    public void close() throws SQLException {
        Connection c = connection;
        connection = null;
        if (c != null) {
            c.close();
        }
    }
}

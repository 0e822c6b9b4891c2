package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.evidence.Anchoring;
import org.yiqi.ledger.evidence.Sequencer;
import org.yiqi.shared.problem.BusinessException;

/**
 * Gives queued evidence its places and anchors the root. Of several keepers one leads, by a PostgreSQL advisory lock on the
 * connection that it writes with, as the relay does; it has a lock of its own, so that a slow ledger holds up no place in
 * the log. A keeper that is killed leaves a whole transaction or none; one that was superseded while it slept takes a
 * place that is taken, and is refused by the database.
 */
final class EvidenceKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EvidenceKeeper.class.getName());
    private static final long LOCK = 0x7969_7169_0002L;
    private static final int BATCH = 5000;

    private final DataSource database;
    private final Clock clock;
    private final Anchoring anchoring;
    private @Nullable Connection connection;
    private String unable = "";

    EvidenceKeeper(DataSource database, ActWriter writer, Clock clock, Duration patience, long enough) {
        this.database = database;
        this.clock = clock;
        this.anchoring = new Anchoring(patience, enough, (c, platform, act) -> writer.asPlatform(c, act));
    }

    /** Whether this keeper leads now; tries to become the leader if nobody is. */
    boolean leads() throws SQLException {
        Connection c = connection;
        if (c != null && c.isValid(2)) {
            return true;
        }
        close();
        c = database.getConnection();
        try (PreparedStatement s = c.prepareStatement("select pg_try_advisory_lock(?)")) {
            s.setLong(1, LOCK);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                if (rs.getBoolean(1)) {
                    c.setAutoCommit(false);
                    connection = c;
                }
            }
        } finally {
            if (connection == null) {
                c.close();
            }
        }
        return connection != null;
    }

    /** @return whether more may be waiting */
    boolean run() throws SQLException {
        Connection c = connection;
        if (c == null) {
            throw new IllegalStateException("this keeper does not lead");
        }
        try {
            Sequencer.Progress progress = Sequencer.run(c, BATCH);
            c.commit();
            anchor(c, progress.urgent());
            return progress.taken() == BATCH;
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void anchor(Connection c, boolean urgent) throws SQLException {
        try {
            anchoring.run(c, clock.instant(), urgent);
            c.commit();
            unable = "";
        } catch (BusinessException e) {
            // The ledger is not founded yet, or its chain is stopped: leaves go on getting their places.
            c.rollback();
            if (!unable.equals(e.code())) {
                unable = e.code();
                LOG.log(Level.WARNING, "The evidence log cannot be anchored: " + unable, e);
            }
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
                LOG.log(Level.FINE, "The connection was gone already", alreadyGone);
            }
        }
    }
}

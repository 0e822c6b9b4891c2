package org.yiqi.ledger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.db.Unpooled;

/** Keeps the relay going for as long as the application runs. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@Lock(LockType.READ)
public class RelayRunner {

    private static final Logger LOG = Logger.getLogger(RelayRunner.class.getName());
    private static final String NAME = "yiqi-relay";
    private static final long IDLE_SECONDS = 1;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    @ConfigProperty(name = "yiqi.db.url")
    String url;

    @Inject
    @ConfigProperty(name = "yiqi.db.worker.user")
    String user;

    @Inject
    @ConfigProperty(name = "yiqi.db.worker.password")
    String password;

    @Inject
    @ConfigProperty(name = "yiqi.db.owner.user")
    String owner;

    @Inject
    @ConfigProperty(name = "yiqi.db.owner.password")
    String ownerPassword;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @Inject
    LedgerSetting setting;

    @Inject
    KeyStore keys;

    @Inject
    Clock clock;

    @Inject
    Announcements announcements;

    @Inject
    RelaySignal signal;

    private volatile boolean stopping;
    // What an earlier run of the application left unsaid is said at the start.
    private boolean unannounced = true;
    private @Nullable Thread thread;

    @PostConstruct
    void start() {
        DataSource database = Unpooled.database(url, user, password, NAME);
        settleLedger(database);
        wrapAnew(database);
        Relay relay = relay(database, new HeadFile(Path.of(dataDir)));
        Thread started = threads.newThread(() -> loop(relay));
        started.setName(NAME);
        started.start();
        thread = started;
    }

    /** The application does not start while setting and database name different ledgers. */
    private void settleLedger(DataSource database) {
        try (Connection c = database.getConnection()) {
            if (setting.kind() == LedgerKind.LOCAL) {
                LedgerKind.LOCAL.claim(c);
                return;
            }
            FabricNetwork network = setting.network().orElseThrow();
            new GrowingUp(Unpooled.database(url, owner, ownerPassword, NAME), network, Path.of(dataDir))
                    .run(c, setting.growFrom(), clock.instant());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** After the key-encryption key was changed: the one before it is not needed any more once this has run. */
    private void wrapAnew(DataSource database) {
        try (Connection c = database.getConnection()) {
            c.setAutoCommit(false);
            int done = keys.rewrap(c);
            c.commit();
            if (done > 0) {
                LOG.info(() -> done + " managed keys are wrapped with the present key-encryption key now");
            }
        } catch (SQLException | IllegalStateException e) {
            LOG.log(Level.SEVERE, "Managed keys could not be wrapped with the present key-encryption key", e);
        }
    }

    private Relay relay(DataSource database, HeadFile heads) {
        if (setting.kind() == LedgerKind.LOCAL) {
            return new LocalRelay(database, keys, clock, heads);
        }
        return new FabricRelay(
                database, keys, clock, heads, setting.channel(), threads, signal::wake, setting.largestBatch());
    }

    @PreDestroy
    void stop() {
        stopping = true;
        signal.wake();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop(Relay relay) {
        boolean failing = false;
        while (!stopping) {
            try {
                boolean more = relay.leads() && round(relay);
                failing = false;
                if (!more) {
                    rest(IDLE_SECONDS);
                }
            } catch (SQLException | RuntimeException e) {
                // Said once; a database that is away for an hour must not fill the log.
                LOG.log(
                        failing ? Level.FINE : Level.WARNING,
                        "The relay could not reach the ledger; it goes on trying",
                        e);
                failing = true;
                rest(IDLE_SECONDS * 2);
            }
        }
        try {
            relay.close();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "The relay's connection was gone already", e);
        }
    }

    private boolean round(Relay relay) throws SQLException {
        Relay.Progress progress = relay.run();
        if (progress.rejected() > 0) {
            LOG.warning(() -> progress.rejected() + " acts were refused by the ledger; their subjects are stopped");
        }
        if (unannounced || progress.rejected() > 0 || progress.expired() > 0) {
            unannounced = true;
            announcements.announce();
            unannounced = false;
        }
        return progress.full();
    }

    private void rest(long seconds) {
        try {
            signal.await(seconds);
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}

package org.yiqi.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Unpooled;

/**
 * Runs the watch for as long as the application runs: every ten seconds, less often when a pass takes long. Not before the
 * relay knows which ledger this database is on: a ledger that grows up changes rows and files one after the other.
 */
@Singleton
@Startup
@DependsOn({"Migrations", "RelayRunner"})
@TransactionManagement(TransactionManagementType.BEAN)
@Lock(LockType.READ)
public class WatchRunner {

    private static final Logger LOG = Logger.getLogger(WatchRunner.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);
    // A changed row is to be found within a minute, so the pause stays well below it.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

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
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @Inject
    Clock clock;

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Instant lastPass;

    @PostConstruct
    void start() {
        DataSource database = Unpooled.database(url, user, password, "yiqi-watch");
        Thread thread = threads.newThread(() -> loop(new Watch(database, clock, Path.of(dataDir))));
        thread.setName("yiqi-watch");
        thread.start();
    }

    @PreDestroy
    void stop() {
        stop.countDown();
    }

    /** When the last whole pass ended, if there has been one. */
    @PermitAll
    public @Nullable Instant lastPass() {
        return lastPass;
    }

    private void loop(Watch watch) {
        Duration pause = PAUSE;
        try {
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Instant began = clock.instant();
                pass(watch);
                Duration took = Duration.between(began, clock.instant());
                pause = took.multipliedBy(10).compareTo(PAUSE) < 0
                        ? PAUSE
                        : took.multipliedBy(10).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : took.multipliedBy(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Watch watch) {
        try {
            int findings = watch.pass().size();
            if (findings > 0) {
                LOG.warning(() -> findings + " rows are not what the ledger says; see the oversight cases");
            }
            lastPass = clock.instant();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "The watch over the ledger could not finish a pass; it goes on trying", e);
        }
    }
}

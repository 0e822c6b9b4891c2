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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Unpooled;

/** Keeps the evidence log growing for as long as the application runs. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@Lock(LockType.READ)
public class EvidenceRunner {

    private static final Logger LOG = Logger.getLogger(EvidenceRunner.class.getName());
    private static final long IDLE_MILLIS = 1000;

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
    @ConfigProperty(name = "yiqi.evidence.anchor-seconds", defaultValue = "60")
    int seconds;

    @Inject
    @ConfigProperty(name = "yiqi.evidence.anchor-leaves", defaultValue = "10000")
    int leaves;

    @Inject
    ActWriter writer;

    @Inject
    Clock clock;

    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    @PostConstruct
    void start() {
        DataSource database = Unpooled.database(url, user, password, "yiqi-evidence");
        EvidenceKeeper keeper = new EvidenceKeeper(database, writer, clock, Duration.ofSeconds(seconds), leaves);
        Thread started = threads.newThread(() -> loop(keeper));
        started.setName("yiqi-evidence");
        started.start();
        thread = started;
    }

    @PreDestroy
    void stop() {
        stop.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop(EvidenceKeeper keeper) {
        boolean failing = false;
        boolean more = false;
        try {
            while (!stop.await(more ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    more = keeper.leads() && keeper.run();
                    failing = false;
                } catch (SQLException | RuntimeException e) {
                    more = false;
                    // Said once; a database that is away for an hour must not fill the log.
                    LOG.log(failing ? Level.FINE : Level.WARNING, "The evidence log waits; trying again", e);
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            keeper.close();
        }
    }
}

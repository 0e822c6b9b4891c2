package org.yiqi.telemetry.intake;

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
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.shared.db.Unpooled;
import org.yiqi.telemetry.AlertsMoved;
import org.yiqi.telemetry.LiveReading;
import org.yiqi.telemetry.ReadingsArrived;
import org.yiqi.telemetry.WebhookSecrets;

/** Keeps the intake going for as long as the application runs: the consumers, and the clock that needs no message. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@Lock(LockType.READ)
public class IntakeRunner {

    private static final Logger LOG = Logger.getLogger(IntakeRunner.class.getName());
    static final String READINGS = "yiqi.readings";
    private static final String REFUSED = "yiqi.refused";
    private static final Duration UPKEEP_EVERY = Duration.ofMinutes(10);
    private static final long TICK_MILLIS = 500;
    private static final long SEALING_SECONDS = 20;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    @ConfigProperty(name = "yiqi.db.url")
    String databaseUrl;

    @Inject
    @ConfigProperty(name = "yiqi.db.worker.user")
    String databaseUser;

    @Inject
    @ConfigProperty(name = "yiqi.db.worker.password")
    String databasePassword;

    @Inject
    @ConfigProperty(name = "yiqi.broker.url")
    String brokerUrl;

    @Inject
    @ConfigProperty(name = "yiqi.broker.user")
    String brokerUser;

    @Inject
    @ConfigProperty(name = "yiqi.broker.password", defaultValue = "none")
    String brokerPassword;

    @Inject
    @ConfigProperty(name = "yiqi.telemetry.consumers", defaultValue = "4")
    int consumers;

    @Inject
    @ConfigProperty(name = "yiqi.webhook.private-networks", defaultValue = "false")
    boolean privateNetworks;

    @Inject
    WebhookSecrets secrets;

    @Inject
    Clock clock;

    @Inject
    EpisodeAnnouncer announcer;

    @Inject
    Event<ReadingsArrived> arrived;

    @Inject
    Event<AlertsMoved> moved;

    private final List<ReadingWorker> workers = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Catalogue catalogue = new Catalogue();
    private final Map<Short, String> metricNames = new ConcurrentHashMap<>();

    @PostConstruct
    void start() {
        for (int i = 0; i < consumers; i++) {
            startWorker(READINGS, "yiqi-readings-" + i);
        }
        startWorker(REFUSED, "yiqi-refusals");
        startThread(this::watchTheClock, "yiqi-deadlines");
        startThread(this::sendWebhooks, "yiqi-webhooks");
        startThread(this::sealHours, "yiqi-sealing");
    }

    private void startWorker(String queue, String name) {
        // A connection of its own per worker, held while it works: a pool would only be in between.
        WorkerConnection connection = connection(name);
        ReadingWorker worker = new ReadingWorker(
                new ReadingWorker.BrokerAccess(brokerUrl, brokerUser, brokerPassword, queue),
                connection,
                new Intake(clock, catalogue),
                clock,
                this::tell);
        workers.add(worker);
        startThread(worker, name);
    }

    private WorkerConnection connection(String name) {
        return new WorkerConnection(Unpooled.database(databaseUrl, databaseUser, databasePassword, name));
    }

    private void startThread(Runnable work, String name) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
        running.add(thread);
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
        workers.forEach(ReadingWorker::stop);
        for (Thread thread : running) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void tell(ReadingWorker.Taken taken) {
        if (!taken.newest().isEmpty()) {
            catalogue.metrics().forEach((name, id) -> metricNames.putIfAbsent(id, name));
            arrived.fire(new ReadingsArrived(taken.newest().stream()
                    .map(r -> new LiveReading(
                            r.deviceId(), metricNames.getOrDefault(r.metricId(), "?"), r.at(), r.value()))
                    .toList()));
        }
        alerted(taken.alerted());
    }

    private void alerted(Set<UUID> devices) {
        if (!devices.isEmpty()) {
            announcer.announce();
            moved.fire(new AlertsMoved(devices));
        }
    }

    private void watchTheClock() {
        Instant upkeepDue = Instant.MIN;
        Upkeep upkeep = new Upkeep();
        boolean failing = false;
        try (WorkerConnection database = connection("yiqi-deadlines")) {
            while (!stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    Instant now = clock.instant();
                    alerted(database.inTransaction(c -> Deadlines.pass(c, catalogue, now)));
                    if (!upkeepDue.isAfter(now)) {
                        database.inTransaction(c -> upkeep.run(c, now));
                        upkeepDue = now.plus(UPKEEP_EVERY);
                        // What an earlier run left unsaid, and what failed to be said.
                        announcer.announce();
                    }
                    failing = false;
                } catch (SQLException | RuntimeException e) {
                    LOG.log(failing ? Level.FINE : Level.WARNING, "Deadlines cannot be watched; trying again", e);
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sealHours() {
        boolean failing = false;
        try (WorkerConnection database = connection("yiqi-sealing")) {
            while (!stopping.await(SEALING_SECONDS, TimeUnit.SECONDS)) {
                try {
                    while (stopping.getCount() > 0
                            && database.inTransaction(c -> Sealing.sealOne(c, clock.instant()))) {
                        failing = false;
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.log(failing ? Level.FINE : Level.WARNING, "Hours cannot be sealed; trying again", e);
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendWebhooks() {
        WebhookSender sender = new WebhookSender(secrets, privateNetworks);
        boolean failing = false;
        try (WorkerConnection database = connection("yiqi-webhooks")) {
            while (!stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    while (stopping.getCount() > 0 && database.inTransaction(c -> sender.sendOne(c, clock.instant()))) {
                        failing = false;
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.log(failing ? Level.FINE : Level.WARNING, "Webhooks cannot be sent; trying again", e);
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

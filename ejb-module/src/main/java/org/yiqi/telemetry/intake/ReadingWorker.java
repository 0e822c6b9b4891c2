package org.yiqi.telemetry.intake;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.yiqi.telemetry.domain.Reading;
import org.yiqi.telemetry.domain.Unreadable;
import org.yiqi.telemetry.domain.Unreadable.Reason;

/**
 * One consumer of the readings queue: batch in, database commit, then acknowledge. Ends when told to; comes back by itself
 * after the broker or the database was away.
 */
final class ReadingWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(ReadingWorker.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    /** What the worker needs to reach the broker. */
    record BrokerAccess(String url, String user, String password, String queue) {}

    /** What became of a batch, told after the commit. */
    record Taken(List<Reading> newest, Set<UUID> alerted) {}

    private final BrokerAccess broker;
    private final WorkerConnection database;
    private final Intake intake;
    private final Clock clock;
    private final Consumer<Taken> listener;
    private volatile boolean stopping;

    ReadingWorker(
            BrokerAccess broker, WorkerConnection database, Intake intake, Clock clock, Consumer<Taken> listener) {
        this.broker = broker;
        this.database = database;
        this.intake = intake;
        this.clock = clock;
        this.listener = listener;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        boolean failing = false;
        while (!stopping) {
            try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url);
                    ClientSessionFactory factory = locator.createSessionFactory();
                    QueueReader queue = new QueueReader(factory, broker.user, broker.password, broker.queue, clock)) {
                failing = false;
                drain(queue);
            } catch (Exception e) {
                // Said once: a broker that is away for an hour must not fill the log.
                LOG.log(failing ? Level.FINE : Level.WARNING, "Readings cannot be taken in; trying again", e);
                failing = true;
                rest();
            }
        }
        database.close();
    }

    private void drain(QueueReader queue) throws ActiveMQException, SQLException {
        while (!stopping) {
            List<Incoming> batch = queue.next();
            if (batch.isEmpty()) {
                continue;
            }
            Taken taken;
            try {
                taken = take(batch);
            } catch (SQLException | RuntimeException e) {
                if (!database.answers()) {
                    queue.rollback();
                    throw new SQLException("the database is away", e);
                }
                LOG.log(Level.WARNING, "A batch failed and is taken in message by message", e);
                taken = takeOneByOne(batch);
            }
            queue.commit();
            listener.accept(taken);
        }
    }

    private Taken take(List<Incoming> batch) throws SQLException {
        Intake.Outcome outcome = database.inTransaction(c -> intake.take(c, batch));
        return new Taken(outcome.newest(), outcome.alerted());
    }

    /** One message that the database refuses must not hold up all others: it is set aside with the reason. */
    private Taken takeOneByOne(List<Incoming> batch) throws SQLException {
        Map<Reading.Key, Reading> newest = new HashMap<>();
        Set<UUID> alerted = new HashSet<>();
        for (Incoming message : batch) {
            try {
                Taken taken = take(List.of(message));
                taken.newest.forEach(reading -> newest.put(reading.key(), reading));
                alerted.addAll(taken.alerted);
            } catch (SQLException | RuntimeException e) {
                if (!database.answers()) {
                    throw new SQLException("the database is away", e);
                }
                refuse(message, new Unreadable(Reason.MALFORMED, "the database refused it", e));
            }
        }
        return new Taken(new ArrayList<>(newest.values()), alerted);
    }

    private void refuse(Incoming message, Unreadable why) throws SQLException {
        database.inTransaction(c -> {
            Intake.refuse(c, List.of(new Incoming.Refused(message, why)));
            return true;
        });
    }

    private void rest() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}

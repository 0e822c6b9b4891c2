package org.yiqi.telemetry.intake;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;

/**
 * Reads the broker's queue in transacted batches. A batch ends after {@value #MOST_BYTES} bytes or a tenth of a second,
 * whichever comes first; what it gave out is gone from the queue only after {@link #commit}.
 */
final class QueueReader implements AutoCloseable {

    /** Some ten thousand readings. */
    private static final int MOST_BYTES = 480_000;

    private static final int MOST_MESSAGES = 4_000;
    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long IDLE_MILLIS = 1_000;
    private static final int PREFETCH_BYTES = 1024 * 1024;
    private static final SimpleString REFUSED_ADDRESS = SimpleString.of("_AMQ_Address");
    private static final SimpleString REFUSED_USER = SimpleString.of("_AMQ_User");

    private final ClientSession session;
    private final ClientConsumer consumer;
    private final Clock clock;
    private final List<ClientMessage> unacknowledged = new ArrayList<>();

    QueueReader(ClientSessionFactory factory, String user, String password, String queue, Clock clock)
            throws ActiveMQException {
        this.clock = clock;
        session = factory.createSession(user, password, false, false, false, false, PREFETCH_BYTES);
        session.start();
        consumer = session.createConsumer(SimpleString.of(queue), null, PREFETCH_BYTES, -1, false);
    }

    /** The next batch; empty when nothing came for a second. */
    List<Incoming> next() throws ActiveMQException {
        List<Incoming> batch = new ArrayList<>();
        int bytes = 0;
        ClientMessage message = consumer.receive(IDLE_MILLIS);
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (message != null) {
            unacknowledged.add(message);
            Incoming incoming = incoming(message);
            batch.add(incoming);
            bytes += incoming.payload().length;
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (bytes >= MOST_BYTES || batch.size() >= MOST_MESSAGES || left <= 0) {
                break;
            }
            message = consumer.receive(left);
        }
        return batch;
    }

    private Incoming incoming(ClientMessage message) {
        if (message.containsProperty(REFUSED_USER)) {
            return Incoming.refused(
                    String.valueOf(message.getSimpleStringProperty(REFUSED_USER)),
                    String.valueOf(message.getSimpleStringProperty(REFUSED_ADDRESS)),
                    clock.instant());
        }
        Object original = message.getAnnotation(Message.HDR_ORIGINAL_ADDRESS);
        String address = original == null ? String.valueOf(message.getAddress()) : original.toString();
        return Incoming.of(address, payload(message), clock.instant());
    }

    private static byte[] payload(ClientMessage message) {
        ActiveMQBuffer body = message.getDataBuffer();
        if (message.getType() == Message.TEXT_TYPE) {
            SimpleString text = body.readNullableSimpleString();
            return (text == null ? "" : text.toString()).getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return bytes;
    }

    /** The batch is in the database: the broker may forget it. */
    void commit() throws ActiveMQException {
        for (ClientMessage message : unacknowledged) {
            message.acknowledge();
        }
        unacknowledged.clear();
        session.commit();
    }

    /** The batch is not in the database: the broker delivers it again. */
    void rollback() throws ActiveMQException {
        for (ClientMessage message : unacknowledged) {
            message.acknowledge();
        }
        unacknowledged.clear();
        session.rollback();
    }

    @Override
    public void close() throws ActiveMQException {
        session.close();
    }
}

package org.yiqi.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Migrations;
import org.yiqi.standalone.Surroundings;
import org.yiqi.telemetry.intake.Draining;

/**
 * From the broker's queue into the database: the product's consumers, with roll-ups and rules, every reading once, beside
 * (a) one client's {@code COPY} of as many rows into the same table with its key and (b) the naive way: one message, one
 * transaction, one insert a value, as a message-driven bean does it. Broker and database are durable in all three.
 */
final class IntakeRate implements Benchmark {

    private static final int DEVICES = 100;
    private static final int MESSAGES = 100_000;
    private static final int NAIVE_MESSAGES = 3_000;
    private static final int VALUES = 3;
    /** As {@code yiqi.telemetry.consumers} is unless set. */
    private static final int CONSUMERS = 4;

    private static final int ROUNDS_TO_WARM_UP = 4;
    private static final double SHARE_OF_COPY = 0.40;
    private static final double TIMES_NAIVE = 50;

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        Path data = workplace.folder("data").resolve("intake");
        try (Surroundings surroundings = Surroundings.start(workplace.home(), data, 15700)) {
            Map<String, String> settings = surroundings.settings(false);
            Migrations.run(setting(settings, "yiqi.db.url"), "yiqi_owner", setting(settings, "yiqi.db.owner.password"));
            try (Connection c = worker(settings)) {
                double naive = naive(settings, c, devices(surroundings));
                for (int round = 0; round < ROUNDS_TO_WARM_UP; round++) {
                    drain(settings, c, devices(surroundings));
                }
                double ours = drain(settings, c, devices(surroundings));
                double copy = copy(surroundings, devices(surroundings));
                return List.of(
                        new Figure(
                                "readings/s from queue to database / COPY of the same rows",
                                Figure.perSecond(ours),
                                Figure.perSecond(copy),
                                ours / copy,
                                "at least 0.40",
                                ours / copy >= SHARE_OF_COPY),
                        new Figure(
                                "readings/s from queue to database / one message a transaction",
                                Figure.perSecond(ours),
                                Figure.perSecond(naive),
                                ours / naive,
                                "at least 50",
                                ours / naive >= TIMES_NAIVE));
            }
        }
    }

    private static String setting(Map<String, String> settings, String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalStateException("no setting " + name);
        }
        return value;
    }

    private static Connection worker(Map<String, String> settings) throws SQLException {
        Connection c = DriverManager.getConnection(
                setting(settings, "yiqi.db.url"),
                setting(settings, "yiqi.db.worker.user"),
                setting(settings, "yiqi.db.worker.password"));
        c.setAutoCommit(false);
        return c;
    }

    /** New units with credentials, so that their messages are taken in. */
    private static List<UUID> devices(Surroundings surroundings) throws SQLException {
        List<UUID> devices = new ArrayList<>();
        try (Connection c = surroundings.administrator()) {
            UUID org = Ids.next();
            UUID model = Ids.next();
            execute(c, """
                    insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, status, created_at)
                    values (?, 'HOSPITAL', ?, ?, ?, '330100', 'APPROVED', now())""", org, org + "", org + "", org + "");
            execute(c, """
                    insert into equipment.model (id, name_en, manufacturer, source, created_at, updated_at)
                    values (?, 'MRI', 'Benchmark', 'MANUAL', now(), now())""", model);
            for (int i = 0; i < DEVICES; i++) {
                UUID unit = Ids.next();
                execute(c, """
                        insert into equipment.unit (id, model_id, owner_id, custodian_id, asset_tag, label_code, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?, now(), now())""", unit, model, org, org, unit + "", unit + "");
                execute(c, """
                        insert into telemetry.device_credential (device_id, hash, issued_at) values (?, '\\x00', now())""", unit);
                devices.add(unit);
            }
        }
        return devices;
    }

    private static void execute(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }

    private static double drain(Map<String, String> settings, Connection c, List<UUID> devices) throws Exception {
        fill(settings, devices, MESSAGES);
        long expected = stored(c) + (long) MESSAGES * VALUES;
        long began = System.nanoTime();
        Draining consumers = Draining.start(settings, CONSUMERS);
        try {
            while (stored(c) < expected) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return rate(MESSAGES, began);
        } finally {
            consumers.stop();
        }
    }

    private static double rate(int messages, long began) {
        return (double) messages * VALUES * 1e9 / (System.nanoTime() - began);
    }

    private static long stored(Connection c) throws SQLException {
        // The roll-ups are written in the same transaction and are a thousandth of the rows.
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select coalesce(sum(n), 0) from telemetry.rollup_hour")) {
            rs.next();
            long stored = rs.getLong(1);
            c.rollback();
            return stored;
        }
    }

    /** Sends as a device's own topic does after the broker's divert: in groups by device. */
    private static void fill(Map<String, String> settings, List<UUID> devices, int messages) throws Exception {
        Instant start = Instant.now().minus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        try (ServerLocator locator = ActiveMQClient.createServerLocator(setting(settings, "yiqi.broker.url"));
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = session(factory, settings);
                ClientProducer producer = session.createProducer(SimpleString.of("yiqi.readings"))) {
            for (int i = 0; i < messages; i++) {
                SimpleString address = SimpleString.of("yiqi.v1." + devices.get(i % DEVICES) + ".readings");
                ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
                message.putStringProperty(Message.HDR_ORIGINAL_ADDRESS, address);
                message.setGroupID(address);
                message.getBodyBuffer().writeBytes(payload(i / DEVICES, start).getBytes(StandardCharsets.UTF_8));
                producer.send(message);
                if (i % 1000 == 999) {
                    session.commit();
                }
            }
            session.commit();
        }
    }

    private static String payload(int seq, Instant start) {
        return "{\"seq\":" + seq + ",\"at\":\"" + start.plusSeconds(seq) + "\",\"values\":{\"coolingTemperature\":6.4,"
                + "\"heliumLevel\":82.5,\"tubeTemperature\":41.2}}";
    }

    private static ClientSession session(ClientSessionFactory factory, Map<String, String> settings) throws Exception {
        return factory.createSession(
                setting(settings, "yiqi.broker.user"),
                setting(settings, "yiqi.broker.password"),
                false,
                false,
                false,
                false,
                0);
    }

    private static double naive(Map<String, String> settings, Connection c, List<UUID> devices) throws Exception {
        fill(settings, devices, NAIVE_MESSAGES);
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (Statement s = c.createStatement()) {
            s.execute("select telemetry.ensure_day((now() at time zone 'UTC')::date)");
            c.commit();
        }
        try (ServerLocator locator = ActiveMQClient.createServerLocator(setting(settings, "yiqi.broker.url"));
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = session(factory, settings);
                PreparedStatement insert = c.prepareStatement(
                        "insert into telemetry.reading (device_id, metric_id, at, value) values (?, ?, ?, ?) on conflict do nothing")) {
            session.start();
            ClientConsumer consumer = session.createConsumer(SimpleString.of("yiqi.readings"));
            long began = System.nanoTime();
            for (int i = 0; i < NAIVE_MESSAGES; i++) {
                ClientMessage message = consumer.receive(10_000);
                byte[] body = new byte[message.getDataBuffer().readableBytes()];
                message.getDataBuffer().readBytes(body);
                for (int metric = 1; metric <= VALUES; metric++) {
                    insert.setObject(1, devices.get(i % DEVICES));
                    insert.setShort(2, (short) metric);
                    insert.setObject(3, java.sql.Timestamp.from(start.minusSeconds(i / DEVICES)));
                    insert.setDouble(4, body.length);
                    insert.executeUpdate();
                }
                c.commit();
                message.acknowledge();
                session.commit();
            }
            return rate(NAIVE_MESSAGES, began);
        }
    }

    /** As the administrator: row-level security refuses a worker's {@code COPY} into the table itself. */
    private static double copy(Surroundings surroundings, List<UUID> devices) throws SQLException {
        Instant start = Instant.now().minus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < MESSAGES; i++) {
            for (int metric = 1; metric <= VALUES; metric++) {
                rows.append(devices.get(i % DEVICES))
                        .append('\t')
                        .append(metric)
                        .append('\t');
                rows.append(start.plusSeconds(i / DEVICES)).append("\t6.4\n");
            }
        }
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        try (Connection c = surroundings.administrator()) {
            long began = System.nanoTime();
            CopyIn copy = c.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy telemetry.reading (device_id, metric_id, at, value) from stdin");
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
            return rate(MESSAGES, began);
        }
    }
}

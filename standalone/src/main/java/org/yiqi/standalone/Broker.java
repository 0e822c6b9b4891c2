package org.yiqi.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.config.TransformerConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ComponentConfigurationRoutingType;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.yiqi.standalone.broker.CredentialWatch;
import org.yiqi.standalone.broker.GroupByDevice;

/**
 * The embedded Artemis broker: durable, on loopback, paging to disk when the application is slower than the devices.
 * What a device publishes to its own topic goes on to one queue, {@code yiqi.readings}, which the application drains.
 */
final class Broker implements AutoCloseable {

    static final String APPLICATION_USER = "yiqi-app";
    static final String READINGS = "yiqi.readings";
    static final String REFUSED = "yiqi.refused";
    private static final String NOTIFICATIONS = "activemq.notifications";
    static final String DEAD_LETTERS = "yiqi.dead-letters";

    /** The audit loggers log every message at INFO; java.util.logging forgets a level unless the logger is held. */
    private static final List<Logger> AUDIT = List.of(
            Logger.getLogger("org.apache.activemq.audit.base"),
            Logger.getLogger("org.apache.activemq.audit.resource"),
            Logger.getLogger("org.apache.activemq.audit.message"));

    private final EmbeddedActiveMQ server;

    private Broker(EmbeddedActiveMQ server) {
        this.server = server;
    }

    static Broker start(DataFolder data, Ports ports, ActiveMQSecurityManager security) throws Exception {
        AUDIT.forEach(logger -> logger.setLevel(Level.OFF));
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        Configuration configuration = configuration(data, ports);
        configuration.registerBrokerPlugin(new CredentialWatch());
        server.setConfiguration(configuration);
        server.setSecurityManager(security);
        server.start();
        return new Broker(server);
    }

    private static Configuration configuration(DataFolder data, Ports ports) throws Exception {
        String folder = data.resolve("artemis").toString();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("yiqi")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder + "/journal")
                .setBindingsDirectory(folder + "/bindings")
                .setPagingDirectory(folder + "/paging")
                .setLargeMessagesDirectory(folder + "/large-messages")
                .setJournalFileSize(10 * 1024 * 1024)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(10)
                .setMaxDiskUsage(95)
                .setGlobalMaxSize(256L * 1024 * 1024)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .addAcceptorConfiguration("mqtt", acceptor(ports.mqtt(), "MQTT"))
                .addAcceptorConfiguration("amqp", acceptor(ports.amqp(), "AMQP"))
                .addAcceptorConfiguration("core", acceptor(ports.core(), "CORE"));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                        .setMaxDeliveryAttempts(10)
                        .setRedeliveryDelay(1000)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(64L * 1024 * 1024)
                        .setPageSizeBytes(4 * 1024 * 1024)
                        .setAutoCreateQueues(false)
                        .setAutoDeleteAddresses(true)
                        .setAutoDeleteAddressesDelay(3_600_000L));
        // The application itself sets aside what it cannot read; what is here waits, however long the database is away.
        configuration.addAddressSetting(
                READINGS,
                new AddressSettings()
                        .setMaxDeliveryAttempts(-1)
                        .setRedeliveryDelay(1000)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(64L * 1024 * 1024)
                        .setPageSizeBytes(4 * 1024 * 1024));
        configuration.setAddressConfigurations(List.of(readings(), queue(DEAD_LETTERS), refusals()));
        configuration.addDivertConfiguration(new DivertConfiguration()
                .setName("readings")
                .setAddress("yiqi.v1.*.readings")
                .setForwardingAddress(READINGS)
                .setRoutingType(ComponentConfigurationRoutingType.ANYCAST)
                .setExclusive(true)
                .setTransformerConfiguration(new TransformerConfiguration(GroupByDevice.class.getName())));
        configuration.setSecurityRoles(Map.of("#", Set.of()));
        return configuration;
    }

    /**
     * Devices are dealt out anew when a consumer comes: otherwise the first one of a start gets them all and keeps them. The
     * queue pauses meanwhile, so that a device's readings are never with two consumers.
     */
    private static CoreAddressConfiguration readings() {
        return address(READINGS, anycast(READINGS).setGroupRebalance(true).setGroupRebalancePauseDispatch(true));
    }

    private static CoreAddressConfiguration queue(String name) {
        return address(name, anycast(name));
    }

    private static CoreAddressConfiguration address(String name, QueueConfiguration queue) {
        return new CoreAddressConfiguration()
                .setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(queue);
    }

    private static QueueConfiguration anycast(String name) {
        return QueueConfiguration.of(name)
                .setAddress(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false);
    }

    /** The broker's own notes about devices that reached for a topic not their own; the newest thousand are kept. */
    private static CoreAddressConfiguration refusals() {
        return new CoreAddressConfiguration()
                .setName(NOTIFICATIONS)
                .addRoutingType(RoutingType.MULTICAST)
                .addQueueConfig(QueueConfiguration.of(REFUSED)
                        .setAddress(NOTIFICATIONS)
                        .setRoutingType(RoutingType.MULTICAST)
                        .setFilterString("_AMQ_NotifType = 'SECURITY_PERMISSION_VIOLATION'")
                        .setDurable(true)
                        .setAutoDelete(false)
                        .setRingSize(1000L));
    }

    private static String acceptor(int port, String protocol) {
        return "tcp://127.0.0.1:" + port + "?protocols=" + protocol + "&useEpoll=true&useKQueue=true";
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the broker did not stop cleanly", e);
        }
    }
}

package org.yiqi.telemetry.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts a message back into the readings queue, as if its device had just published it. */
@ApplicationScoped
public class ReplayQueue {

    @Inject
    @ConfigProperty(name = "yiqi.broker.url")
    String url;

    @Inject
    @ConfigProperty(name = "yiqi.broker.user")
    String user;

    @Inject
    @ConfigProperty(name = "yiqi.broker.password", defaultValue = "none")
    String password;

    public void send(String address, byte[] payload) {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(user, password, false, true, true, false, 0);
                var producer = session.createProducer(SimpleString.of(IntakeRunner.READINGS))) {
            ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
            message.putStringProperty(Message.HDR_ORIGINAL_ADDRESS, SimpleString.of(address));
            message.setGroupID(SimpleString.of(address));
            message.getBodyBuffer().writeBytes(payload);
            producer.send(message);
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not answer", e);
        }
    }
}

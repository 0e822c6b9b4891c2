package org.yiqi.tools.simulate;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One simulated device with its own connection. */
final class Device {

    private final String id;
    private final DeviceModel model;
    private final Mqtt5AsyncClient client;
    private long seq;

    Device(String id, String secret, DeviceModel model, String host, int port) {
        this.id = id;
        this.model = model;
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("simulator-" + id)
                .serverHost(host)
                .serverPort(port)
                .automaticReconnect()
                .initialDelay(1, TimeUnit.SECONDS)
                .maxDelay(10, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .simpleAuth()
                .username(id)
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
    }

    CompletableFuture<?> connect() {
        return client.connectWith().cleanStart(true).keepAlive(30).send();
    }

    /** Publishes what is measured now; {@code outcome} hears whether the broker has it safe. */
    void publish(double second, BooleanConsumer outcome) {
        JsonObjectBuilder values = Json.createObjectBuilder();
        model.at(second).forEach(values::add);
        String payload = Json.createObjectBuilder()
                .add("seq", ++seq)
                .add("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .add("values", values)
                .build()
                .toString();
        client.publishWith()
                .topic("yiqi/v1/" + id + "/readings")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send()
                .whenComplete((done, problem) ->
                        outcome.accept(problem == null && done.getError().isEmpty()))
                .exceptionally(counted -> null);
    }

    /** Hears a yes or no. */
    @FunctionalInterface
    interface BooleanConsumer {
        void accept(boolean value);
    }

    CompletableFuture<?> disconnect() {
        return client.disconnect();
    }
}

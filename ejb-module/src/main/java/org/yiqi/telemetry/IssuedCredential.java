package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;

/** A new secret, shown this once. MQTT: user name = {@code username}, password = {@code secret}. */
public record IssuedCredential(
        UUID deviceId, long version, String username, String secret, String topic, Instant issuedAt) {}

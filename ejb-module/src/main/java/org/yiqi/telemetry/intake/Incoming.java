package org.yiqi.telemetry.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.domain.Unreadable;

/** One message as it came from the broker. */
public final class Incoming {

    private final @Nullable UUID deviceId;
    private final String address;
    private final byte[] payload;
    private final Instant receivedAt;

    /** @param deviceId the device of the topic; null when the topic names none */
    public Incoming(@Nullable UUID deviceId, String address, byte[] payload, Instant receivedAt) {
        this.deviceId = deviceId;
        this.address = address;
        this.payload = payload.clone();
        this.receivedAt = receivedAt;
    }

    @Nullable
    UUID deviceId() {
        return deviceId;
    }

    String address() {
        return address;
    }

    byte[] payload() {
        return payload;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    /** The address of a device's readings: {@code yiqi.v1.<deviceId>.readings}. */
    public static Incoming of(String address, byte[] payload, Instant receivedAt) {
        return new Incoming(deviceOf(address), address, payload, receivedAt);
    }

    private static @Nullable UUID deviceOf(String address) {
        String[] parts = address.replace('/', '.').split("\\.", -1);
        if (parts.length == 4 && parts[2].length() == 36) {
            try {
                return UUID.fromString(parts[2]);
            } catch (IllegalArgumentException notAnId) {
                return null;
            }
        }
        return null;
    }

    /** A message that stays out, and why. */
    public record Refused(Incoming message, Unreadable why) {}
}

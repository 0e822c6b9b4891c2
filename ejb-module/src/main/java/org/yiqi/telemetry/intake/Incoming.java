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
    private final boolean refused;

    /** @param deviceId the device of the topic; null when the topic names none */
    public Incoming(@Nullable UUID deviceId, String address, byte[] payload, Instant receivedAt) {
        this(deviceId, address, payload, receivedAt, false);
    }

    private Incoming(@Nullable UUID deviceId, String address, byte[] payload, Instant receivedAt, boolean refused) {
        this.deviceId = deviceId;
        this.address = address;
        this.payload = payload.clone();
        this.receivedAt = receivedAt;
        this.refused = refused;
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

    /** The broker's note that a user reached for an address not its own; there is no payload. */
    static Incoming refused(String user, String address, Instant at) {
        return new Incoming(id(user), address, new byte[0], at, true);
    }

    boolean isRefused() {
        return refused;
    }

    private static @Nullable UUID deviceOf(String address) {
        String[] parts = address.replace('/', '.').split("\\.", -1);
        return parts.length == 4 ? id(parts[2]) : null;
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    /** A message that stays out, and why. */
    public record Refused(Incoming message, Unreadable why) {}
}

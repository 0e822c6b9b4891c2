package org.yiqi.telemetry.domain;

import java.time.Instant;
import java.util.UUID;

/** One value of one metric at one instant. Device, metric and instant identify it: a repeat is the same reading. */
public record Reading(UUID deviceId, short metricId, Instant at, double value) {

    /** What identifies a reading. */
    public record Key(UUID deviceId, short metricId, Instant at) {}

    public Key key() {
        return new Key(deviceId, metricId, at);
    }
}

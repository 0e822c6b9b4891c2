package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;

/** A reading that has just been taken in. */
public record LiveReading(UUID unitId, String metric, Instant at, double value) {}

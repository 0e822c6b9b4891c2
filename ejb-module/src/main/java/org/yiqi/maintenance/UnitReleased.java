package org.yiqi.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit is back in use after its work order. */
public record UnitReleased(
        UUID unitId, UUID workOrderId, Instant at, @Nullable Duration downtime) {}

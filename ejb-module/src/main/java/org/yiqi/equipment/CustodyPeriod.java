package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who answered for a unit from when to when (null: still does), and the act on which that stands. */
public record CustodyPeriod(
        UUID orgId, Instant from, @Nullable Instant to, UUID actId) {}

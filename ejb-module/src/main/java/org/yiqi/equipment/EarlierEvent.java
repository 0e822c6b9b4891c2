package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened in an earlier life of a unit that was certified for reuse. */
public record EarlierEvent(
        UUID unitId, Instant at, String kind, @Nullable UUID orgId) {}

package org.yiqi.equipment;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a unit.
 *
 * @param kind such as {@code registered}, {@code status-changed}, {@code custody-passed}, {@code condition-changed}
 */
public record HistoryEntry(
        Instant at,
        String kind,
        @Nullable UUID orgId,
        @Nullable UUID personId,
        @Nullable UUID referenceId,
        Map<String, String> details) {}

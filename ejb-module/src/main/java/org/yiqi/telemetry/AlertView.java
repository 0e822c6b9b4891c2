package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One alert episode, with the names of its unit and rule. */
public record AlertView(
        UUID id,
        long version,
        UUID unitId,
        String assetTag,
        String unitNameZh,
        String unitNameEn,
        UUID ruleId,
        int ruleRevision,
        String ruleNameZh,
        String ruleNameEn,
        @Nullable String metric,
        @Nullable String unit,
        Severity severity,
        EpisodeState state,
        Instant since,
        @Nullable Instant activatedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable UUID acknowledgedBy,
        @Nullable Instant recoveredAt,
        @Nullable Instant closedAt,
        String reason,
        @Nullable Double firstValue,
        @Nullable Double peakValue,
        @Nullable Double lastValue,
        @Nullable UUID workOrderId) {}

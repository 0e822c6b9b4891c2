package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule.
 *
 * @param orgId null for a rule of the platform
 * @param unitId null when the rule holds for all units that report the metric
 */
public record RuleView(
        UUID id,
        long version,
        int revision,
        @Nullable UUID orgId,
        @Nullable UUID unitId,
        String nameZh,
        String nameEn,
        RuleKind kind,
        @Nullable String metric,
        @Nullable String unit,
        @Nullable Double threshold,
        @Nullable Double clearThreshold,
        int holdSeconds,
        int clearSeconds,
        Severity severity,
        boolean enabled,
        Instant updatedAt) {}

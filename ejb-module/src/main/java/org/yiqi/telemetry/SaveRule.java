package org.yiqi.telemetry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a rule shall say; the service checks it whole. */
public record SaveRule(
        @Nullable UUID unitId,
        String nameZh,
        String nameEn,
        RuleKind kind,
        @Nullable String metric,
        @Nullable Double threshold,
        @Nullable Double clearThreshold,
        int holdSeconds,
        int clearSeconds,
        Severity severity,
        boolean enabled) {}

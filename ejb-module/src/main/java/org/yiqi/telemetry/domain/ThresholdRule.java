package org.yiqi.telemetry.domain;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.Severity;

/**
 * What a rule demands of a metric. The clear threshold lies on the safe side of the threshold, so that a value that
 * trembles around the limit raises one alert and not a hundred.
 */
public record ThresholdRule(
        UUID id,
        int revision,
        @Nullable UUID orgId,
        @Nullable UUID unitId,
        RuleKind kind,
        short metricId,
        double threshold,
        double clearThreshold,
        Duration hold,
        Duration clear,
        Severity severity) {

    public boolean isBrokenBy(double value) {
        return kind.isBroken(value, threshold);
    }

    /** Equal thresholds mean no hysteresis: then whatever does not break the rule clears it. */
    public boolean isClearedBy(double value) {
        return !isBrokenBy(value)
                && switch (kind) {
                    case ABOVE -> value <= clearThreshold;
                    case BELOW -> value >= clearThreshold;
                    case STALE -> false;
                };
    }

    /** The worse of two values in the sense of this rule. */
    public double worse(double one, double other) {
        return kind == RuleKind.BELOW ? Math.min(one, other) : Math.max(one, other);
    }
}

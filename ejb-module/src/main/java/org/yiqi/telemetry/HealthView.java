package org.yiqi.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a device does, and how old that knowledge is.
 *
 * @param status ONLINE, STALE (three intervals missed), OFFLINE or NEVER_SEEN
 */
public record HealthView(
        UUID unitId,
        String status,
        @Nullable Instant lastAt,
        @Nullable Instant receivedAt,
        @Nullable Long ageSeconds,
        @Nullable Double intervalSeconds,
        int openAlerts,
        List<Metric> metrics) {

    public HealthView {
        metrics = List.copyOf(metrics);
    }

    /**
     * The newest value of a metric.
     *
     * @param unit UCUM
     * @param alarming the value is past a limit, or an alert about it has not recovered: closing an alert does not make a
     *     reading good
     * @param bands the limits of the rules that watch it
     */
    public record Metric(
            String metric,
            String nameZh,
            String nameEn,
            String unit,
            int decimals,
            double value,
            Instant at,
            boolean alarming,
            List<Band> bands) {

        public Metric {
            bands = List.copyOf(bands);
        }
    }

    /** A limit: ABOVE or BELOW the threshold is bad; past the clear threshold it is good again. */
    public record Band(UUID ruleId, RuleKind kind, double threshold, double clearThreshold, Severity severity) {

        boolean isBrokenBy(double value) {
            return kind.isBroken(value, threshold);
        }
    }
}

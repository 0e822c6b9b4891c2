package org.yiqi.maintenance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How reliable a unit was in the last 12 months, or since it is known.
 *
 * @param failures repairs that began; planned service is none
 * @param downtime all time from an alert or request to the release, time counted once where orders overlap
 * @param uptime 1 − downtime ÷ time in service
 * @param meanTimeToRepair from alert or request to release, waiting included; null without a finished repair
 * @param operating hours of operation behind the next figure
 * @param meanTimeBetweenFailures operating hours ÷ failures; null without a failure
 */
public record ReliabilityView(
        int failures,
        Duration downtime,
        double uptime,
        @Nullable Duration meanTimeToRepair,
        Duration operating,
        Basis basis,
        @Nullable Duration meanTimeBetweenFailures) {

    /** Where the operating hours come from. */
    public enum Basis {
        /** Booked use that has taken place. */
        USE,
        /** Time in service less downtime, where no use is known. */
        SERVICE
    }
}

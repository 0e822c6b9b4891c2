package org.yiqi.maintenance;

import java.time.Duration;

/** Risk × downtime in four bands, each with the time until somebody must be there and until the unit must work. */
public enum PriorityLevel {
    P1(Duration.ofHours(4), Duration.ofDays(1)),
    P2(Duration.ofHours(8), Duration.ofDays(2)),
    P3(Duration.ofDays(1), Duration.ofDays(5)),
    P4(Duration.ofDays(3), Duration.ofDays(10));

    private final Duration arrival;
    private final Duration fix;

    PriorityLevel(Duration arrival, Duration fix) {
        this.arrival = arrival;
        this.fix = fix;
    }

    public Duration arrival() {
        return arrival;
    }

    public Duration fix() {
        return fix;
    }

    /** @param score risk × downtime, 0 to 25; 0 means not triaged */
    public static PriorityLevel of(int score) {
        if (score >= 15) {
            return P1;
        }
        if (score >= 8) {
            return P2;
        }
        return score >= 4 ? P3 : P4;
    }
}

package org.yiqi.telemetry;

/** Where an alert episode stands. */
public enum EpisodeState {
    /** The condition holds, but not yet for the rule's duration. */
    PENDING,
    ACTIVE,
    ACKNOWLEDGED,
    REPAIRING,
    /** Past the clear threshold for the rule's duration. */
    RECOVERED,
    CLOSED,
    /** Closed as a mistake of the rule or the sensor; the reason helps to tune the rule. */
    FALSE_ALARM;

    public boolean isOpen() {
        return this != CLOSED && this != FALSE_ALARM;
    }

    public boolean isRaised() {
        return this == ACTIVE || this == ACKNOWLEDGED || this == REPAIRING;
    }
}

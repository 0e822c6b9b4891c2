package org.yiqi.telemetry;

/** What a rule watches for. */
public enum RuleKind {
    /** The value is at or above the threshold. */
    ABOVE,
    /** The value is at or below the threshold. */
    BELOW,
    /** The device has missed three of its intervals. */
    STALE;

    /** Whether a value is on the bad side of a threshold; silence has no value. */
    public boolean isBroken(double value, double threshold) {
        return switch (this) {
            case ABOVE -> value >= threshold;
            case BELOW -> value <= threshold;
            case STALE -> false;
        };
    }
}

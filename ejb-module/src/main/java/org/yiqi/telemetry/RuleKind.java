package org.yiqi.telemetry;

/** What a rule watches for. */
public enum RuleKind {
    /** The value is at or above the threshold. */
    ABOVE,
    /** The value is at or below the threshold. */
    BELOW,
    /** The device has missed three of its intervals. */
    STALE
}

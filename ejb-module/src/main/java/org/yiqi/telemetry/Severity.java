package org.yiqi.telemetry;

/** How bad an alert is, mildest first. */
public enum Severity {
    WARNING,
    MAJOR,
    /** Stops the unit from being used. */
    CRITICAL
}

package org.yiqi.disposal;

/** Whether the signals say that a unit has come to its end. */
public enum Verdict {
    KEEP,
    RETIRE
}

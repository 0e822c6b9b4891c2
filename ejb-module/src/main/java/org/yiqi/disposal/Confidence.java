package org.yiqi.disposal;

/** How much a value can be relied on. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH
}

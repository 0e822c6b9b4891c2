package org.yiqi.disposal;

/** What the certificate of the end says. */
public enum Outcome {
    DESTROYED,
    RECYCLED,
    REUSED
}

package org.yiqi.oversight;

/** A way to be responsible for a unit. */
public enum ResponsibilityKind {
    /** Has the title. */
    OWNER,
    /** Holds it and answers for it. */
    CUSTODY,
    USE,
    MAINTENANCE,
    INSURANCE
}

package org.yiqi.shared.tenancy;

/** How far a caller sees: a member its own organisation's rows, the others what their duty needs. */
public enum Scope {
    MEMBER,
    PLATFORM,
    REGULATOR,
    SYSTEM,
    ANONYMOUS
}

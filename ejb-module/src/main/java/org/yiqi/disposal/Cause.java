package org.yiqi.disposal;

/** Why a unit is proposed for disposal. */
public enum Cause {
    OBSOLETE,
    BEYOND_REPAIR,
    SURPLUS,
    UNSAFE,
    NO_SUPPORT
}

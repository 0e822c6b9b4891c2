package org.yiqi.maintenance;

/** Where a work order came from. */
public enum RequestSource {
    ALERT,
    PERSON,
    PUBLIC,
    PLAN,
    FAILED_CHECK
}

package org.yiqi.equipment;

/** Why a unit may not be used for now. */
public enum HoldKind {
    /** A recall, an alert or damage: nobody may use it. */
    QUARANTINE,
    /** Someone works on it. */
    MAINTENANCE
}

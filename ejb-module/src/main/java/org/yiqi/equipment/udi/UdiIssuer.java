package org.yiqi.equipment.udi;

/** The agencies whose device identifiers the platform reads. */
public enum UdiIssuer {
    GS1,
    HIBCC,
    ICCBBA
}

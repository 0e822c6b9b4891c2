package org.yiqi.maintenance;

/** What touches the patient, by the degree of its insulation; {@code CF} is for the heart. */
public enum AppliedPart {
    NONE,
    B,
    BF,
    CF
}

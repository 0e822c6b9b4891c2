package org.yiqi.rental;

/** What a damage came from. Who answers for each is dated data with its reason and its source. */
public enum LiabilityCause {
    MISUSE,
    MISSED_MAINTENANCE,
    TRANSPORT,
    LATENT_DEFECT,
    WEAR,
    PLATFORM_FAULT
}

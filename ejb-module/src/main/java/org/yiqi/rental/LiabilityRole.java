package org.yiqi.rental;

/** What an organisation is to the damaged unit. One may be several of these. */
public enum LiabilityRole {
    OWNER,
    /** Held the unit when the damage happened. */
    CUSTODIAN,
    MAINTAINER,
    CARRIER,
    SUPPLIER,
    PLATFORM,
    REPORTER
}

package org.yiqi.organisation.domain;

/** Where an organisation stands; see {@link Organisation}. */
public enum OrganisationStatus {
    DRAFT,
    SUBMITTED,
    REVIEWING,
    CORRECTION,
    APPROVED,
    EXPIRED,
    REJECTED,
    SUSPENDED,
    REVOKED
}

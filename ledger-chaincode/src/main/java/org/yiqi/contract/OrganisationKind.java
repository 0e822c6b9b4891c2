package org.yiqi.contract;

/** What an organisation is to the consortium. */
public enum OrganisationKind {
    HOSPITAL,
    SUPPLIER,
    SERVICE,
    RECYCLER,
    CARRIER,
    REGULATOR,
    PLATFORM
}

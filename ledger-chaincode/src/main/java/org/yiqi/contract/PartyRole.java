package org.yiqi.contract;

/** What an organisation is in an act. */
public enum PartyRole {
    /** Whose unit it is; at registration also the first custodian. */
    OWNER,
    /** Who answers for the unit before the act. */
    GIVER,
    /** Who answers for the unit after the act. */
    TAKER,
    /** Who places or releases a hold. */
    HOLDER,
    /** The organisation that the act is about. */
    ORGANISATION,
    /** Who vouches for an organisation's entry: a regulator, or whom the founding act names. */
    REGISTRAR,
    /** The authority acting as such. */
    REGULATOR,
    /** The platform, answering for what it keeps. */
    PLATFORM
}

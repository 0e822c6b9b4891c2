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
    /** Who asks for bids, and one side of a contract. */
    BUYER,
    /** Who opens sealed bids together with others. */
    OPENER,
    /** Whose bid it is. */
    BIDDER,
    /** The other side of a contract. */
    SUPPLIER,
    /** Who reports a damage. */
    REPORTER,
    /** Whom a damage may concern. */
    CONCERNED,
    /** Who agrees to how a damage is shared. */
    AGREES,
    /** Who decides how a damage is shared, being unrelated to it. */
    PANELLIST,
    /** Who appeals against a decision. */
    APPELLANT,
    /** The authority that lets a unit of high value go. */
    AUTHORITY,
    /** Who takes a unit to its end. */
    RECYCLER,
    /** Who takes over a unit that another organisation lets go, and uses it on. */
    RECEIVER,
    /** The platform, answering for what it keeps. */
    PLATFORM
}

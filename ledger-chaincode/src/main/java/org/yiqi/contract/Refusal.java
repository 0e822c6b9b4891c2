package org.yiqi.contract;

import java.util.Locale;

/** Why the ledger refuses an act, whatever the application says. */
public enum Refusal {
    /** The id is taken by an act with other content. */
    ID_TAKEN,
    /** No rule knows this type in this version. */
    UNKNOWN_TYPE,
    /** The subject's kind does not fit the type. */
    WRONG_SUBJECT,
    /** The body lacks something, holds something unknown, or holds nonsense. */
    WRONG_BODY,
    /** A role is missing, doubled or out of place. */
    WRONG_PARTIES,
    /** An organisation that the ledger does not know. */
    UNKNOWN_ORGANISATION,
    /** The organisation is on the ledger already. */
    ORGANISATION_KNOWN,
    /** A suspended organisation tries what it may not while suspended, or a suspension meets one that stands. */
    SUSPENDED,
    /** A reinstatement of an organisation that is not suspended. */
    NOT_SUSPENDED,
    /** Signed, but not by one who may do this. */
    NOT_ENTITLED,
    /** A key that the ledger does not know for this organisation. */
    UNKNOWN_KEY,
    /** The key is on the ledger already. */
    KEY_KNOWN,
    /** A key that was valid once. */
    REVOKED_KEY,
    /** An organisation that must sign has not. */
    MISSING_SIGNATURE,
    /** A signature that is not over these bytes, not by this key, or by somebody whom the act does not bind. */
    WRONG_SIGNATURE,
    /** The act does not follow the subject's last act. */
    CHAIN_BREAK,
    /** It happened before the act that it follows. */
    TIME_REVERSED,
    /** The unit is not on the ledger. */
    UNKNOWN_UNIT,
    /** The unit is on the ledger already. */
    UNIT_KNOWN,
    /** The giver does not answer for the unit now. */
    NOT_CUSTODIAN,
    /** A return to somebody else than the owner, or a closing by somebody else. */
    NOT_OWNER,
    /** Giver and taker are the same. */
    SAME_PARTY,
    /** The unit is offered to another organisation. */
    OFFERED_TO_ANOTHER,
    /** The unit's history has ended. */
    UNIT_CLOSED,
    /** There is no such hold, or it was released. */
    UNKNOWN_HOLD,
    /** This type never comes from before the ledger. */
    NOT_IMPORTABLE,
    /** An anchored log must be longer than it was, and continue from the size that was anchored last. */
    LOG_NOT_GROWN,
    /** A certificate says that the unit is no more; only its closing may follow. */
    UNIT_DISPOSED,
    /** Nothing of this kind without a document behind it. */
    MISSING_EVIDENCE,
    /** An organisation either holds all of its keys itself or none. */
    MIXED_CUSTODY,
    /** The time authority is on the ledger already. */
    AUTHORITY_KNOWN,
    /** No time authority of the ledger signed this, or it was revoked. */
    UNKNOWN_AUTHORITY,
    /** The time token is not one, or not over this bid. */
    BAD_TIME_TOKEN,
    /** The act says that it happened later than the ledger's own clock. */
    TIME_AHEAD,
    /** After the deadline, or after the step that it had to precede. */
    TOO_LATE,
    /** Before the time at which this may happen. */
    TOO_EARLY,
    /** The tender is on the ledger already. */
    TENDER_KNOWN,
    /** The tender is not on the ledger. */
    UNKNOWN_TENDER,
    /** The tender takes no more bids and no amendments. */
    TENDER_CLOSED,
    /** The tender still takes bids. */
    TENDER_NOT_CLOSED,
    /** The openers are too few, unfit, or have not shown their keys. */
    WRONG_OPENERS,
    /** Something else comes first. */
    WRONG_STEP,
    /** The bid was made for terms that have been amended. */
    OTHER_TERMS,
    /** The tender has no such lot. */
    UNKNOWN_LOT,
    /** The lot has been awarded, or has failed. */
    LOT_DECIDED,
    /** No such bid was live when the tender was closed. */
    BID_NOT_COMMITTED,
    /** The bid has not been opened. */
    BID_NOT_OPENED,
    /** The bid did not pass the evaluation. */
    BID_NOT_QUALIFIED,
    /** The act does not name exactly the bids that it must. */
    BIDS_NOT_EXACT,
    /** The organisation has another bid for this lot. */
    BIDS_TWICE,
    /** A live bid has not shown its bidder; a regulator signs when it is left out. */
    BIDDER_HIDDEN,
    /** The bid was made by another organisation. */
    NOT_BIDDER,
    /** The contract, or one for this lot, is on the ledger already. */
    CONTRACT_KNOWN,
    /** The contract is not on the ledger. */
    UNKNOWN_CONTRACT,
    /** The lot has not been awarded. */
    NOT_AWARDED,
    /** The contract differs from the award. */
    NOT_AS_AWARDED,
    /** The case is on the ledger already. */
    LIABILITY_KNOWN,
    /** The case is not on the ledger. */
    UNKNOWN_LIABILITY,
    /** The shares do not sum to exactly one. */
    SHARES_NOT_ONE,
    /** One who bears a share, or the reporter, is not among those who agree. */
    NOT_AGREED,
    /** One of the panel has something to do with the case. */
    PANEL_CONCERNED,
    /** The disposal, or a later step of another, is on the ledger already. */
    DISPOSAL_KNOWN,
    /** The disposal is not on the ledger. */
    UNKNOWN_DISPOSAL,
    /** Above the value line an authority signs too. */
    AUTHORITY_NEEDED;

    /** The stable code that problems, pages and bundles show, such as {@code ledger.chain-break}. */
    public String code() {
        return "ledger." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

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
    LOG_NOT_GROWN;

    /** The stable code that problems, pages and bundles show, such as {@code ledger.chain-break}. */
    public String code() {
        return "ledger." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.yiqi.disposal;

/** How far a unit is on its way to the end. */
public enum DisposalState {
    PROPOSED,
    VALUED,
    APPROVING,
    /** Its house has signed; the act that lets it go is not on the ledger yet. */
    APPROVED,
    AUTHORISED,
    LISTED,
    /** The auction brought too little, and the committee decides. */
    PAUSED,
    /** The owner looks at who won. */
    VERIFYING,
    AWAIT_PAYMENT,
    PAID,
    /** Owner and recycler have signed the sale. */
    AWARDED,
    /** The recycler has it; both still say so of the disposal. */
    TAKEN,
    HANDED_OVER,
    COMPLETED,
    WITHDRAWN;

    /** Whether the owner may still change its mind. */
    public boolean canBeWithdrawn() {
        return switch (this) {
            case PROPOSED, VALUED, APPROVING, APPROVED, AUTHORISED, PAUSED -> true;
            default -> false;
        };
    }
}

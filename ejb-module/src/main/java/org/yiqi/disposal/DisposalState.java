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
    /** Another department of the house is to take it over. */
    MOVING,
    /** A work order makes it good again. */
    REFURBISHING,
    /** Taken apart; the recycler of the rest, and then the owner, sign. */
    DISMANTLED,
    COMPLETED,
    WITHDRAWN;

    /** Whether the owner may still change its mind. */
    public boolean canBeWithdrawn() {
        return switch (this) {
            case PROPOSED, VALUED, APPROVING, APPROVED, AUTHORISED, MOVING, REFURBISHING, DISMANTLED, PAUSED -> true;
            default -> false;
        };
    }
}

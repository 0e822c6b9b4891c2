package org.yiqi.contract.sealing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An envelope cannot be opened, and it is proved whose fault that is. */
public final class SealBroken extends Exception {

    /** Who answers for it. */
    public enum Fault {
        /** The deal does not hold, or what it hides does not decrypt: the bidder sealed something else. */
        BIDDER,
        /** The bytes are not those that were committed to. Anyone may bring the right ones. */
        CUSTODIAN,
        /** A share that is not the one that was dealt. The other openers' shares go on. */
        OPENER
    }

    private final Fault fault;
    private final @Nullable UUID opener;

    SealBroken(Fault fault, @Nullable UUID opener, String message) {
        super(message);
        this.fault = fault;
        this.opener = opener;
    }

    public Fault fault() {
        return fault;
    }

    /** Whose share it was, when it was an opener's. */
    public @Nullable UUID opener() {
        return opener;
    }
}

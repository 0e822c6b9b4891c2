package org.yiqi.ledger.fabric;

/** The network did not do what it was asked. */
public final class FabricProblem extends RuntimeException {

    /** What can be done about it. */
    public enum Kind {
        /** Somebody who is needed does not answer; later, perhaps. */
        UNAVAILABLE,
        /** The peers did not see the same state; once more. */
        DISAGREEMENT,
        /** The contract, or the network, refuses this transaction as it is. */
        REFUSED
    }

    private final Kind kind;

    FabricProblem(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

package org.yiqi.contract;

/** Carries a refusal out of a rule. No stack trace: it is an answer, and a peer may give thousands of them. */
final class Refused extends RuntimeException {

    private final Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    static void unless(boolean holds, Refusal refusal) {
        if (!holds) {
            throw new Refused(refusal);
        }
    }
}

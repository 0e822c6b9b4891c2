package org.yiqi.contract;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger answers for one act of a batch.
 *
 * @param refusal why, when it is REJECTED; else null
 */
public record Outcome(UUID act, Status status, @Nullable Refusal refusal) {

    /** The three answers. */
    public enum Status {
        /** On the ledger now. */
        RECORDED,
        /** The same act, byte for byte, was there already. */
        DUPLICATE,
        /** Refused by a rule; the batch's other acts are not affected. */
        REJECTED
    }
}

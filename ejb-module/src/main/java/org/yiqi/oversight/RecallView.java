package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recall and how far it has come. A member organisation's counts are of what is its own.
 *
 * @param state ISSUED or LIFTED
 * @param noticeDue when everybody concerned must have confirmed the notice
 * @param held units that stand still for it, or stood
 * @param proposed how many of these have their act; once it is lifted, the act that releases them
 * @param refused how many acts the ledger would not take
 * @param overdue notices without receipt whose time is over
 */
public record RecallView(
        UUID id,
        long version,
        String number,
        UUID orgId,
        String orgZh,
        String orgEn,
        String title,
        String reason,
        RecallClass recallClass,
        @Nullable UUID modelId,
        String modelZh,
        String modelEn,
        String manufacturer,
        String deviceIdentifier,
        String lot,
        String serialFrom,
        String serialTo,
        String state,
        Instant issuedAt,
        Instant noticeDue,
        @Nullable Instant liftedAt,
        String liftedReason,
        long units,
        long held,
        long proposed,
        long refused,
        long notices,
        long received,
        long overdue) {

    public boolean isIssued() {
        return state.equals("ISSUED");
    }

    /** Acts that are still to be signed. */
    public long getUnsigned() {
        return held - proposed - refused;
    }
}

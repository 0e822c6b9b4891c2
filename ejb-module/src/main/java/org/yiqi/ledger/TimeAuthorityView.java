package org.yiqi.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * An authority whose word on time counts for bids.
 *
 * @param id SHA-256 of its certificate, by which people compare it
 * @param org who runs it
 * @param name what its certificate calls it
 * @param certificate DER in Base64
 * @param validUntil when the certificate ends
 * @param independent false where the platform runs it, so that time is the operator's word
 */
public record TimeAuthorityView(
        String id, UUID org, String name, String certificate, Instant validUntil, boolean independent, State state) {

    /** How far it is. */
    public enum State {
        /** It answers at a configured address, but is not on the ledger. */
        SHOWN,
        /** Its token counts. */
        ACTIVE,
        /** Its tokens count no more. */
        REVOKED
    }
}

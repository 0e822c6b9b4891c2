package org.yiqi.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The public half of an organisation's key.
 *
 * @param keyId fingerprint: SHA-256 of the SubjectPublicKeyInfo
 * @param publicKey SubjectPublicKeyInfo in Base64
 * @param custody MANAGED: the platform keeps the private half, so an act under it is only as good as that; HELD: only
 *     the organisation has it
 * @param validFrom since when it counts, or null while its act waits for signatures
 * @param actId the act that brings it in; null for a founding key and for those from before
 */
public record KeyView(
        String keyId,
        UUID organisationId,
        String alg,
        String publicKey,
        String custody,
        State state,
        Instant createdAt,
        @Nullable Instant validFrom,
        @Nullable Instant revokedAt,
        @Nullable UUID actId) {

    /** How far a key has come. */
    public enum State {
        /** Its act waits for signatures. */
        WAITING,
        VALID,
        REVOKED,
        /** Its act was not signed in time; it may be brought in again. */
        LAPSED
    }
}

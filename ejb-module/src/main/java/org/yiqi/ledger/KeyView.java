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
 */
public record KeyView(
        String keyId,
        UUID organisationId,
        String alg,
        String publicKey,
        String custody,
        Instant createdAt,
        @Nullable Instant revokedAt) {}

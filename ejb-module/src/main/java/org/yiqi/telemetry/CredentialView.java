package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a device's credential; the secret itself is not.
 *
 * @param expiresAt set when the unit changed hands: until then the new custodian has to rotate it
 */
public record CredentialView(
        UUID deviceId,
        long version,
        String state,
        String topic,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {}

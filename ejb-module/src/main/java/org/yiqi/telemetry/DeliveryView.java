package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to a webhook.
 *
 * @param episodeId the alert it tells of; null for a trial
 * @param state DELIVERED, WAITING for its next attempt, or FAILED: given up
 * @param outcome of the newest attempt: the receiver's HTTP status, or why it was not reached
 * @param nextAt when it is tried again
 */
public record DeliveryView(
        UUID id,
        @Nullable UUID episodeId,
        String event,
        String state,
        int attempts,
        String outcome,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant nextAt,
        String body) {}

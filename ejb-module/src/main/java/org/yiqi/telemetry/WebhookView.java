package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an organisation hears of alerts. {@code secret} is given when the webhook is made, and only then. */
public record WebhookView(
        UUID id,
        long version,
        String url,
        Instant createdAt,
        @Nullable String secret,
        @Nullable Instant lastDeliveredAt,
        @Nullable String lastOutcome) {}

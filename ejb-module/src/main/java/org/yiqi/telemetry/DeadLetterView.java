package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be taken in.
 *
 * @param payload its beginning as text, for people; the whole is kept and replayed
 */
public record DeadLetterView(
        UUID id,
        long version,
        @Nullable UUID unitId,
        String address,
        String reason,
        String detail,
        String payload,
        long size,
        Instant receivedAt,
        @Nullable Instant replayedAt) {}

package org.yiqi.organisation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation of a colleague. {@code token} is there only in the answer that made it. */
public record InvitationView(
        UUID id,
        String email,
        String department,
        List<String> roles,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        String state,
        @Nullable String token) {}

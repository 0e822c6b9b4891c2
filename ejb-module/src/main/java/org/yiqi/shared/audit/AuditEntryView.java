package org.yiqi.shared.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what when, and its place in the log once it has one. */
public record AuditEntryView(
        long id,
        @Nullable Long position,
        Instant at,
        @Nullable UUID organisationId,
        @Nullable UUID personId,
        String action,
        String subject,
        String details) {}

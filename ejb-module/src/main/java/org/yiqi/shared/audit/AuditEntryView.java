package org.yiqi.shared.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what when, and its leaf in the evidence log once it has one. */
public record AuditEntryView(
        long id,
        @Nullable Long leaf,
        Instant at,
        @Nullable UUID organisationId,
        @Nullable UUID personId,
        String action,
        String subject,
        String details) {}

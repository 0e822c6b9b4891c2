package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done in a case.
 *
 * @param action OPENED, JOINED, SCOPED, QUERY, FINDING, RESPONSE, ANSWERED, DECISION, FOLLOW_UP or CLOSED
 * @param dueAt until when the organisation concerned was to answer or follow
 */
public record CaseStep(
        UUID id,
        Instant at,
        UUID orgId,
        String orgZh,
        String orgEn,
        String action,
        String note,
        @Nullable Instant dueAt) {}

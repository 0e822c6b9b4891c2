package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recall's notice to one organisation, and its receipt.
 *
 * @param bookings its rentals of recalled units that are not over
 * @param overdue whether it should have been confirmed by now
 * @param answer what the organisation says it has done
 */
public record RecallNotice(
        UUID id,
        UUID recallId,
        UUID orgId,
        String orgZh,
        String orgEn,
        boolean asCustodian,
        boolean asOwner,
        boolean asLessee,
        int units,
        int bookings,
        Instant sentAt,
        Instant dueAt,
        int reminders,
        @Nullable Instant remindedAt,
        @Nullable Instant receivedAt,
        boolean overdue,
        String answer) {}

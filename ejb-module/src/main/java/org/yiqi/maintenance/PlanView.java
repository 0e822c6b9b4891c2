package org.yiqi.maintenance;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Service that a unit gets again and again.
 *
 * @param toleranceDays after the due day; past it the plan is overdue and the unit takes no new bookings
 * @param leadDays so long before the due day an order is made and an idle time is kept for it
 * @param openOrderId the order that is under way for it
 */
public record PlanView(
        UUID id,
        long version,
        UUID unitId,
        String modelName,
        String assetTag,
        UUID ownerId,
        UUID custodianId,
        @Nullable UUID serviceOrgId,
        String title,
        String tasks,
        int intervalMonths,
        int toleranceDays,
        int durationMinutes,
        int leadDays,
        @Nullable LocalDate lastDone,
        LocalDate nextDue,
        boolean active,
        @Nullable UUID openOrderId,
        Standing standing) {

    /** Where a plan stands today. */
    public enum Standing {
        ON_TIME,
        DUE_SOON,
        DUE,
        OVERDUE,
        ENDED
    }
}

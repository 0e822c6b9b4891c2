package org.yiqi.maintenance;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan as its maker says it. {@code serviceOrgId} null leaves it to the unit's maintainer. */
public record MakePlan(
        UUID unitId,
        @Nullable UUID serviceOrgId,
        String title,
        String tasks,
        int intervalMonths,
        int toleranceDays,
        int durationMinutes,
        int leadDays,
        @Nullable LocalDate lastDone,
        LocalDate nextDue) {}

package org.yiqi.maintenance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of an order's history; nothing of it ever changes. {@code orgId} and {@code person} are absent for the platform's own acts. */
public record StepView(
        UUID id,
        Instant at,
        String act,
        @Nullable WorkOrderState from,
        WorkOrderState to,
        @Nullable UUID orgId,
        @Nullable UUID personId,
        String person,
        String reason) {}

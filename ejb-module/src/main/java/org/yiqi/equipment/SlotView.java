package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Period;

/** A place in a unit's calendar; {@code orgId} took it, {@code referenceId} is what for. */
public record SlotView(
        UUID id,
        UUID unitId,
        Period period,
        SlotUse use,
        SlotState state,
        UUID referenceId,
        UUID orgId,
        String note,
        @Nullable Instant expiresAt) {}

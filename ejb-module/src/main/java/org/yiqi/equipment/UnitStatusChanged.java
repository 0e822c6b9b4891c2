package org.yiqi.equipment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit's status changed; {@code referenceId} is what caused it, such as a work order or a rental. */
public record UnitStatusChanged(
        UUID unitId,
        UnitStatus before,
        UnitStatus after,
        @Nullable UUID referenceId) {}

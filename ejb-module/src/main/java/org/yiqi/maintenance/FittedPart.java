package org.yiqi.maintenance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * A part that was fitted: from a station's stock ({@code partId}, {@code stationId}), or bought elsewhere (name and price).
 */
public record FittedPart(
        @Nullable UUID partId,
        @Nullable UUID stationId,
        String name,
        int quantity,
        String serial,
        String udi,
        @Nullable Amount unitPrice) {}

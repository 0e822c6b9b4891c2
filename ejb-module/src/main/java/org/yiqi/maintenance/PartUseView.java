package org.yiqi.maintenance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** A part that is kept for an order, was fitted, or went back. */
public record PartUseView(
        UUID id,
        @Nullable UUID partId,
        @Nullable UUID stationId,
        String number,
        String nameZh,
        String nameEn,
        int quantity,
        String serial,
        String udi,
        Amount unitPrice,
        String state) {}

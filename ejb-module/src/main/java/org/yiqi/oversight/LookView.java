package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A regulator's look at a unit.
 *
 * @param action TRACE for the whole history, CUSTODIAN for who answered at an instant
 * @param hiddenUntil until when the owner does not see it, for a look of a covert investigation; only regulators read this
 */
public record LookView(
        UUID id,
        Instant at,
        String action,
        UUID regulatorId,
        String regulatorZh,
        String regulatorEn,
        UUID ownerId,
        UUID unitId,
        String nameZh,
        String nameEn,
        String serial,
        String assetTag,
        @Nullable Instant hiddenUntil) {}

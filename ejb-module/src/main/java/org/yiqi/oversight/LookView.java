package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A regulator's look at something of an organisation.
 *
 * @param action READ, or of a unit TRACE for the whole history and CUSTODIAN for who answered at an instant
 * @param subjectKind what it looked at, such as UNIT, RENTAL, CASE
 * @param unitId null where it was no unit; then what describes a unit is empty
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
        String subjectKind,
        UUID subjectId,
        @Nullable UUID unitId,
        String nameZh,
        String nameEn,
        String serial,
        String assetTag,
        @Nullable Instant hiddenUntil) {}

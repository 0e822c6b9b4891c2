package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device to inspect.
 *
 * @param position in the order that was drawn within its class
 * @param result OPEN, CONFORMS, FINDING or NOT_FOUND
 */
public record SampleView(
        UUID id,
        UUID samplingId,
        String deviceClass,
        int position,
        UUID unitId,
        UUID modelId,
        String nameZh,
        String nameEn,
        String serial,
        String assetTag,
        String regionCode,
        String site,
        UUID ownerId,
        String ownerZh,
        String ownerEn,
        UUID custodianId,
        String custodianZh,
        String custodianEn,
        String result,
        String finding,
        @Nullable Instant inspectedAt,
        @Nullable UUID caseId,
        String caseNumber) {}

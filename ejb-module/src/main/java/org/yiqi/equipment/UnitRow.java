package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;

/** A unit in a list. */
public record UnitRow(
        UUID id,
        String assetTag,
        String serial,
        UUID modelId,
        String modelNameZh,
        String modelNameEn,
        String manufacturer,
        String modelNumber,
        String category,
        UUID ownerId,
        UUID custodianId,
        String department,
        UnitStatus status,
        Condition condition,
        Criticality criticality,
        String regionCode,
        String site,
        String labelCode,
        Instant updatedAt) {

    /** The model's name in the reader's language, or the other one where that is missing. */
    public String modelName(String language) {
        boolean zh = language.startsWith("zh");
        if (zh ? modelNameZh.isEmpty() : modelNameEn.isEmpty()) {
            return zh ? modelNameEn : modelNameZh;
        }
        return zh ? modelNameZh : modelNameEn;
    }
}

package org.yiqi.equipment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a manufacturer makes: one entry of the catalogue. */
public record ModelView(
        UUID id,
        long version,
        @Nullable String issuer,
        @Nullable String deviceIdentifier,
        String nameZh,
        String nameEn,
        String manufacturer,
        String modelNumber,
        String catalogNumber,
        String category,
        String deviceClass,
        String registrationNumber,
        String gmdnName,
        String description,
        List<String> productCodes,
        List<String> otherIdentifiers,
        Map<String, String> parameters,
        @Nullable Integer lifeYears,
        String source,
        Instant createdAt,
        Instant updatedAt) {

    /** The name in the reader's language, or the other one where that is missing. */
    public String name(String language) {
        boolean zh = language.startsWith("zh");
        if (zh ? nameZh.isEmpty() : nameEn.isEmpty()) {
            return zh ? nameEn : nameZh;
        }
        return zh ? nameZh : nameEn;
    }
}

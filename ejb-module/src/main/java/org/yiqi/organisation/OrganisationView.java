package org.yiqi.organisation;

import java.time.Instant;
import java.util.UUID;

/** An organisation as others see it. */
public record OrganisationView(
        UUID id,
        long version,
        String kind,
        String nameZh,
        String nameEn,
        String creditCode,
        String regionCode,
        String address,
        String level,
        String status,
        Instant createdAt) {

    /** The name in the language of the reader. */
    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }
}

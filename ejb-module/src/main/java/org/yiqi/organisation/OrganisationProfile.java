package org.yiqi.organisation;

import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.Organisation;

/** What an organisation changes of its entry; null leaves a value as it is. */
public record OrganisationProfile(
        @Nullable String nameZh,
        @Nullable String nameEn,
        @Nullable String regionCode,
        @Nullable String address,
        @Nullable String level,
        @Nullable String contactName,
        @Nullable String phone,
        @Nullable String email) {

    Organisation.Profile over(Organisation.Profile old) {
        return new Organisation.Profile(
                or(nameZh, old.nameZh()),
                or(nameEn, old.nameEn()),
                or(regionCode, old.regionCode()),
                or(address, old.address()),
                or(level, old.level()),
                or(contactName, old.contactName()),
                or(phone, old.phone()),
                or(email, old.email()));
    }

    private static String or(@Nullable String given, String old) {
        return given == null ? old : given;
    }
}

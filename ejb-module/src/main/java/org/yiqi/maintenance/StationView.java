package org.yiqi.maintenance;

import java.util.UUID;

/** A place of a service organisation that keeps parts; the headquarters is one of them. */
public record StationView(
        UUID id,
        long version,
        UUID orgId,
        String nameZh,
        String nameEn,
        String regionCode,
        String address,
        boolean headquarters,
        boolean active,
        int partsOnHand) {

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }
}

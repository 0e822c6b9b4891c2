package org.yiqi.organisation;

import java.time.LocalDate;
import java.util.UUID;

/** A mandatory credential that ends soon or has ended. {@code stage} is 90, 30 or 7 days, or 0 when it is over. */
public record RenewalView(
        UUID id,
        UUID organisationId,
        String nameZh,
        String nameEn,
        String type,
        String typeNameZh,
        String typeNameEn,
        String number,
        LocalDate validTo,
        int daysLeft,
        int stage) {

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }

    public String typeName(String language) {
        return language.startsWith("zh") ? typeNameZh : typeNameEn;
    }
}

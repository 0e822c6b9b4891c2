package org.yiqi.organisation;

import java.util.List;
import java.util.UUID;

/** An organisation that a person may act for, and as what. */
public record MembershipView(UUID organisationId, String nameZh, String nameEn, String kind, List<String> roles) {

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }
}

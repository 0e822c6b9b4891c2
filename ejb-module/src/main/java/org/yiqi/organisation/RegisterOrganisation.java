package org.yiqi.organisation;

import org.jspecify.annotations.Nullable;

/** A new organisation and the first person who acts for it. */
public record RegisterOrganisation(
        OrganisationKind kind,
        String creditCode,
        @Nullable String remit,
        OrganisationProfile profile,
        String username,
        String password,
        String personName,
        String language) {}

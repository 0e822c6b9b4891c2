package org.yiqi.organisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential as its organisation, reviewers and regulators see it. */
public record CredentialView(
        UUID id,
        long version,
        UUID organisationId,
        String type,
        String typeNameZh,
        String typeNameEn,
        String number,
        String issuer,
        String scope,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable Long size,
        @Nullable String sha256,
        Instant addedAt,
        @Nullable Instant verifiedAt) {

    public String typeName(String language) {
        return language.startsWith("zh") ? typeNameZh : typeNameEn;
    }

    public boolean isValidOn(LocalDate day) {
        return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
    }

    public boolean hasFile() {
        return sha256 != null;
    }
}

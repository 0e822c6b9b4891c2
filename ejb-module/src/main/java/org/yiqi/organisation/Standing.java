package org.yiqi.organisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an organisation stands, and what it still has to do.
 *
 * @param requirements the types of credential of its kind, mandatory ones first
 * @param validUntil the day on which the first mandatory credential ends
 * @param review the open or last review
 */
public record Standing(
        UUID organisationId,
        String status,
        String statusReason,
        @Nullable LocalDate validUntil,
        boolean expiring,
        List<Requirement> requirements,
        @Nullable ReviewState review) {

    /** One type of credential: is it needed, is it there, until when is it good. */
    public record Requirement(
            String type,
            String nameZh,
            String nameEn,
            boolean mandatory,
            boolean handedIn,
            boolean verified,
            @Nullable LocalDate validTo) {

        public String name(String language) {
            return language.startsWith("zh") ? nameZh : nameEn;
        }

        public boolean missing() {
            return mandatory && !handedIn;
        }
    }

    /** What the organisation may know of its review. */
    public record ReviewState(
            UUID id,
            String kind,
            String status,
            Instant submittedAt,
            String correctionReason,
            @Nullable Instant correctionDue,
            String reason) {}

    public boolean complete() {
        return requirements.stream().noneMatch(Requirement::missing);
    }
}

package org.yiqi.oversight;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance contract or an insurance policy for a unit.
 *
 * @param kind MAINTENANCE or INSURANCE
 * @param providerId who maintains or insures, if it is an organisation of the platform; otherwise its name
 * @param until exclusive
 * @param documentId the contract or policy among the unit's documents
 */
public record RecordCover(
        @NotNull UUID unitId,
        @NotNull ResponsibilityKind kind,
        @Nullable UUID providerId,
        @Nullable @Size(max = 200) String providerName,
        @NotBlank @Size(max = 100) String number,
        @NotNull Instant from,
        @NotNull Instant until,
        @Nullable UUID documentId) {}

package org.yiqi.equipment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/**
 * Everything about a unit that the caller may see.
 *
 * @param custodianId who answers for it now; follows the custody acts alone
 * @param signedFor whether its owner has signed the act that brings it onto the ledger; until then it is not in service
 * @param acquisitionCost the owner's own business: absent for everyone else but platform and regulators
 */
public record UnitView(
        UUID id,
        long version,
        ModelView model,
        UUID ownerId,
        UUID custodianId,
        @Nullable UUID maintainerId,
        String department,
        String serial,
        String lot,
        String udi,
        @Nullable LocalDate manufacturedOn,
        @Nullable LocalDate expiresOn,
        String assetTag,
        String labelCode,
        UnitStatus status,
        boolean signedFor,
        Condition condition,
        Criticality criticality,
        String regionCode,
        String site,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable LocalDate acquiredOn,
        @Nullable Amount acquisitionCost,
        @Nullable LocalDate warrantyUntil,
        @Nullable LocalDate endOfSupportOn,
        String firmware,
        String accessories,
        Instant createdAt,
        Instant updatedAt) {}

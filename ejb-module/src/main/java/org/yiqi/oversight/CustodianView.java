package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who answered for a unit at an instant.
 *
 * @param organisation null when nobody did: before its registration or after its end
 * @param actId the act that made it custodian
 * @param imported whether that act comes from before the ledger
 */
public record CustodianView(
        UUID unitId,
        Instant at,
        String notice,
        @Nullable OrganisationName organisation,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID actId,
        boolean imported) {}

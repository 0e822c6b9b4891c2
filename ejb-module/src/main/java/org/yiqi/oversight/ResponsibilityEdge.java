package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One organisation's time of one kind of responsibility for a unit, and what proves it.
 *
 * @param organisationId absent for one that is not on the platform
 * @param to exclusive, or absent while it lasts
 * @param reference the number of the rental, contract or policy
 * @param actId the act on the ledger that it stands on
 * @param actState that act's state; empty without one
 * @param digest SHA-256 of the contract or policy, if it was handed in
 * @param coverId the contract or policy on record
 */
public record ResponsibilityEdge(
        ResponsibilityKind kind,
        Basis basis,
        @Nullable UUID organisationId,
        String nameZh,
        String nameEn,
        Instant from,
        @Nullable Instant to,
        String reference,
        @Nullable UUID actId,
        String actState,
        String digest,
        @Nullable UUID coverId) {

    /** Why it is so. */
    public enum Basis {
        /** The owner brought the unit in. */
        REGISTERED,
        /** It was handed over under a contract of sale. */
        SOLD,
        CUSTODY_ACT,
        RENTAL,
        /** Time for the own patients in the unit's calendar. */
        BOOKING,
        CONTRACT,
        POLICY,
        /** Nobody else uses it: whoever holds it does. */
        CUSTODIAN,
        /** The owner has named it on the unit; there is no contract on record. */
        NAMED,
        /** Nobody else maintains it: the owner's equipment department does. */
        OWN_DEPARTMENT
    }

    public boolean covers(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }

    ResponsibilityEdge as(ResponsibilityKind other, Basis why) {
        return new ResponsibilityEdge(
                other, why, organisationId, nameZh, nameEn, from, to, reference, actId, actState, digest, coverId);
    }

    /** The name in a language; Chinese unless it is English. */
    public String in(String language) {
        return language.startsWith("en") ? nameEn : nameZh;
    }
}

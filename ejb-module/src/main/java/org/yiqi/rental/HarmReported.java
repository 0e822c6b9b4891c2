package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;

/**
 * A damage was reported in which a patient was harmed. Fired in the transaction of the report; the adverse event that
 * {@code oversight} opens has clocks of its own and waits for nothing in the case.
 *
 * @param liabilityId the case of damage
 * @param number the case's number, for those who read
 * @param custodianOrg who held the unit, and so has to report the event
 */
public record HarmReported(
        UUID liabilityId,
        String number,
        UUID unitId,
        UUID ownerOrg,
        UUID custodianOrg,
        UUID reporterOrg,
        Instant discoveredAt,
        Instant reportedAt,
        String description) {}

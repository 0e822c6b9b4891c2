package org.yiqi.disposal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the end of a unit.
 *
 * @param workOrderId the open repair that is not worth it and is given up with the proposal, or null
 * @param unencumbered the proposer's word that nobody has a lien on the unit
 */
public record Propose(
        UUID unitId, Cause cause, String reason, @Nullable UUID workOrderId, boolean unencumbered) {}

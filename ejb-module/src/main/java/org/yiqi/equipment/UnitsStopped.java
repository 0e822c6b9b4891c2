package org.yiqi.equipment;

import java.util.Set;
import java.util.UUID;

/**
 * Many units were quarantined at once, or released: what {@link UnitStatusChanged} says of one.
 *
 * @param stopped whether they stand still now; otherwise they may be used again
 * @param referenceId what caused it, such as a recall
 */
public record UnitsStopped(Set<UUID> unitIds, boolean stopped, UUID referenceId) {

    public UnitsStopped {
        unitIds = Set.copyOf(unitIds);
    }
}

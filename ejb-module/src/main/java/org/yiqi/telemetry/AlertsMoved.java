package org.yiqi.telemetry;

import java.util.Set;
import java.util.UUID;

/** Alerts of these units appeared, moved on or went away; fired after the commit, for open pages. */
public record AlertsMoved(Set<UUID> unitIds) {

    public AlertsMoved {
        unitIds = Set.copyOf(unitIds);
    }
}

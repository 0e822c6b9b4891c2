package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;

/** Another organisation answers for a unit from now on, by an act that both signed. */
public record CustodyPassed(UUID unitId, UUID fromOrgId, UUID toOrgId, UUID actId, Instant at) {}

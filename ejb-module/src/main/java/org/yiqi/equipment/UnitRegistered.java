package org.yiqi.equipment;

import java.util.UUID;

/** A unit was brought in by its owner. */
public record UnitRegistered(UUID unitId, UUID modelId, UUID ownerId) {}

package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;

/** What keeps a unit from being used, until {@code referenceId} lets it go. */
public record HoldView(UUID id, HoldKind kind, String reason, UUID referenceId, Instant placedAt) {}

package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;

/** Both parties signed the return: the owner has the unit, and what it costs can be drawn up. */
public record RentalReturned(UUID rentalId, UUID unitId, UUID ownerOrg, Instant at) {}

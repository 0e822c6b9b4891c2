package org.yiqi.rental;

import java.time.Instant;
import java.util.UUID;

/** Both parties signed the delivery: the lessee has the unit. */
public record RentalDelivered(UUID rentalId, UUID unitId, UUID lesseeOrg, Instant at) {}

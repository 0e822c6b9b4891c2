package org.yiqi.rental;

import java.util.UUID;

/** An application is without an answer after so many hours; at 24 the promise is broken. */
public record ReviewEscalated(UUID rentalId, UUID ownerOrg, int hours, boolean breached) {}

package org.yiqi.rental;

import java.util.UUID;

/** The owner closed the rental: its statement stands. */
public record RentalClosed(UUID rentalId) {}

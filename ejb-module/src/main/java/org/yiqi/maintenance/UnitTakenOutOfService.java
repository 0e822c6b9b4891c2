package org.yiqi.maintenance;

import java.time.Instant;
import java.util.UUID;

/** A unit may not be used until its work order ends; bookings before {@code expectedBack} need another answer. */
public record UnitTakenOutOfService(
        UUID unitId, UUID workOrderId, String workOrderNumber, Instant at, Instant expectedBack) {}

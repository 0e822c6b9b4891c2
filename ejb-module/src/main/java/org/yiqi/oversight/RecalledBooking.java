package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;

/** A rental of a recalled unit that is not over. */
public record RecalledBooking(
        UUID rentalId,
        String number,
        String state,
        UUID unitId,
        String unitZh,
        String unitEn,
        UUID lesseeId,
        String lesseeZh,
        String lesseeEn,
        String ownerZh,
        String ownerEn,
        Instant from,
        Instant to) {}

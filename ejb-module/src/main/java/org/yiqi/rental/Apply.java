package org.yiqi.rental;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Period;

/**
 * Apply for a rental.
 *
 * @param region of the place of use, a code of GB/T 2260; null when the offer goes anywhere
 * @param latitude of the place of use, with {@code longitude}, for the cost of transport; without them as in a search
 * @param plannedUses how often the unit will probably be used; the statement counts the real uses
 * @param draft only hold the slot for a quarter of an hour while a person fills in the form
 */
public record Apply(
        UUID offerId,
        Period period,
        String place,
        @Nullable String region,
        @Nullable Double latitude,
        @Nullable Double longitude,
        String purpose,
        int plannedUses,
        boolean draft) {}

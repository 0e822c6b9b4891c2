package org.yiqi.rental;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a party found when the unit changed hands. */
public record ConditionView(
        UUID id,
        UUID rentalId,
        Moment moment,
        UUID orgId,
        Instant at,
        boolean sound,
        List<Check> checklist,
        String note) {

    /** When it was looked at. */
    public enum Moment {
        DISPATCH,
        DELIVERY,
        RETURN,
        INSPECTION
    }

    /** One line of the checklist. */
    public record Check(String item, boolean good, String note) {}
}

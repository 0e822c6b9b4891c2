package org.yiqi.rental;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A damage that somebody reports.
 *
 * @param rentalId the rental in which it happened, if in one
 * @param discoveredAt when it was found; the report comes within the hours that the rules of the day give
 * @param harm whether a patient was harmed: an adverse event is then opened beside the case
 * @param photos they are evidence before the facts are frozen, which may be at once
 * @param others parties besides owner, custodian, maintainer and reporter: the carrier, the supplier, the platform
 */
public record ReportDamage(
        UUID unitId,
        @Nullable UUID rentalId,
        Damage damage,
        String description,
        Instant discoveredAt,
        boolean harm,
        List<Named> others,
        List<DamagePhoto> photos) {

    public ReportDamage {
        others = List.copyOf(others);
        photos = List.copyOf(photos);
    }

    /** Who else may have to answer, and as what. */
    public record Named(UUID org, LiabilityRole role) {}
}

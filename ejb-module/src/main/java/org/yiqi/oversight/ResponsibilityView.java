package org.yiqi.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who owned, held, used, maintained and insured a unit at an instant, and all that is known of before and after.
 *
 * @param jurisdiction ISO 3166-2 of where the unit was held; empty when nobody held it or no region is known
 * @param answers at most one of each kind; before the unit's registration and after its end none
 * @param edges by kind, the newest first
 */
public record ResponsibilityView(
        UUID unitId,
        Instant at,
        String nameZh,
        String nameEn,
        String serial,
        UUID ownerId,
        String jurisdiction,
        List<ResponsibilityEdge> answers,
        List<ResponsibilityEdge> edges) {}

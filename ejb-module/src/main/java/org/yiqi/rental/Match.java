package org.yiqi.rental;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit that would do, and why it stands where it stands.
 *
 * @param distanceKm as the crow flies, null where one of the places is unknown
 * @param reliability the share of the lender's rentals that it kept, null before its first
 * @param score 0 to 100, by which the matches are ordered
 */
public record Match(
        OfferView offer,
        Quote quote,
        @Nullable Double distanceKm,
        @Nullable Double reliability,
        int score,
        List<Reason> reasons) {

    /** One reason: a code, its value for those who say it themselves, and the text in English. */
    public record Reason(String code, String value, String text) {}
}

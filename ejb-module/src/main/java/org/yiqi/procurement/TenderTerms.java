package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * What a tender asks for, in Chinese and in English.
 *
 * @param envelopes one, or two: what a device can do, then its price
 * @param openers five organisations, any three of which open; never the platform
 */
public record TenderTerms(
        String title,
        String titleEn,
        String description,
        String descriptionEn,
        AwardCriteria awardCriteria,
        int envelopes,
        List<UUID> openers,
        Instant deadline,
        List<Lot> lots,
        List<Requirement> requirements,
        List<Criterion> criteria) {

    public TenderTerms {
        openers = List.copyOf(openers);
        lots = List.copyOf(lots);
        requirements = List.copyOf(requirements);
        criteria = List.copyOf(criteria);
    }

    /** The names of the envelopes, in the order in which they are opened. */
    public List<String> envelopeNames() {
        return envelopes == 2 ? List.of("TECHNICAL", "PRICE") : List.of("PRICE");
    }

    /** A part that is awarded by itself. */
    public record Lot(String code, String title, String titleEn, int quantity, Money value) {}

    /**
     * What a bid has to show.
     *
     * @param lot whose requirement it is; null for all lots
     */
    public record Requirement(@Nullable String lot, String title, String titleEn, boolean mandatory) {}

    /** What bids are scored by, in hundredths of the whole. */
    public record Criterion(Kind kind, String name, String nameEn, int weight) {

        /** What is measured. */
        public enum Kind {
            PRICE,
            QUALITY,
            LIFE_CYCLE_COST
        }
    }
}

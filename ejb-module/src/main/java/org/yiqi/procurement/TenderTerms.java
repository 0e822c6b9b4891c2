package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a buyer puts out to tender.
 *
 * @param planId an approved plan of the buyer
 * @param twoEnvelopes technical and price apart; otherwise the price alone
 * @param threshold how many openers open together: more than half of them
 * @param enquiryUntil until when questions are taken
 * @param deadline until when bids are taken
 * @param openers organisations, three to 25, never the platform
 */
public record TenderTerms(
        UUID planId,
        String title,
        String description,
        boolean twoEnvelopes,
        int threshold,
        Instant enquiryUntil,
        Instant deadline,
        List<Lot> lots,
        List<Requirement> requirements,
        List<Criterion> criteria,
        List<UUID> openers) {

    public TenderTerms {
        lots = List.copyOf(lots);
        requirements = List.copyOf(requirements);
        criteria = List.copyOf(criteria);
        openers = List.copyOf(openers);
    }

    /** The envelopes in the order in which they are opened. */
    public List<Envelope> envelopes() {
        return twoEnvelopes ? List.of(Envelope.TECHNICAL, Envelope.PRICE) : List.of(Envelope.PRICE);
    }
}

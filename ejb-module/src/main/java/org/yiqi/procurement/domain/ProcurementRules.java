package org.yiqi.procurement.domain;

import java.time.LocalDate;

/**
 * What the law and the house decided, as of a day.
 *
 * @param fromDay the day from which this version counts
 * @param splitMinor purchases of one class within {@code splitDays} that reach this together are one purchase
 * @param nearbyKm how far away an idle unit is still near
 * @param openDays the shortest time between the notice of an open tender and its deadline
 * @param amendDays the shortest time between a change of the documents and the deadline
 * @param priceWeight the least weight of price and costs among a tender's criteria, of a hundred
 * @param largeMinor from this price of one unit on, equipment needs a licence to be set up
 */
public record ProcurementRules(
        LocalDate fromDay,
        long splitMinor,
        int splitDays,
        int nearbyKm,
        int openDays,
        int amendDays,
        int priceWeight,
        long largeMinor) {}

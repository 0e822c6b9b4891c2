package org.yiqi.oversight;

/**
 * What a recall would reach, before it is issued.
 *
 * @param units units of the product, those that are gone included
 * @param fittedIn units that hold one of its parts
 * @param disposed how many of both are gone
 * @param custodians organisations that hold them
 * @param bookings rentals of them that are not over
 */
public record RecallPreview(long units, long fittedIn, long disposed, long custodians, long bookings) {

    public boolean isEmpty() {
        return units + fittedIn == 0;
    }
}

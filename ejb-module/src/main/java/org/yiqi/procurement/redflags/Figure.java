package org.yiqi.procurement.redflags;

/**
 * What one process adds to a comparison of all: small enough to be kept, so that a process is read again only when it has changed.
 *
 * @param subject an organisation; empty for what is said of the process itself
 * @param other what it is compared with: another organisation, a code; or empty
 */
public record Figure(String ocid, Kind kind, String subject, String other, double part, double whole) {

    /** What is compared. */
    public enum Kind {
        /** The winner, the next, and how much higher the next is, in parts of the winning price. */
        DIFFERENCE,
        /** Bids won of bids made, by a tenderer. */
        WON,
        /** Bids disqualified of bids received, by a buyer, a procuring entity, a tenderer. */
        BUYER_OUT,
        PROCURING_ENTITY_OUT,
        TENDERER_OUT,
        /** A supplier and a kind of goods that was awarded to it. */
        SUPPLIED,
        /** How much higher the highest price of a lot is than the lowest, in parts of the lowest. */
        DISPARITY,
        /** Prices of a lot that stand in equal steps, and how many steps. */
        STEPS,
        /** Two tenderers, and the price of the second in parts of the first's. */
        RATIO,
        /** A buyer, what it bought without competition, for how much, on which day since 1970. */
        AWARDED
    }
}

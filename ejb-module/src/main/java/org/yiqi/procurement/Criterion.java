package org.yiqi.procurement;

/** By what bids are ranked; the weights of a tender come to 100. */
public record Criterion(Kind kind, String title, int weight) {

    /** What is weighed. */
    public enum Kind {
        PRICE,
        QUALITY,
        LIFE_CYCLE_COST
    }
}

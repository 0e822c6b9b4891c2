package org.yiqi.procurement;

/** How bids are compared. */
public enum AwardCriteria {
    PRICE_ONLY("priceOnly"),
    QUALITY_AND_PRICE("ratedCriteria"),
    LIFE_CYCLE_COST("ratedCriteria");

    private final String code;

    AwardCriteria(String code) {
        this.code = code;
    }

    /** The code of OCDS's list. */
    public String code() {
        return code;
    }
}

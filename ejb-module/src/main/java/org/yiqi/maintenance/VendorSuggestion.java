package org.yiqi.maintenance;

import java.util.List;
import java.util.UUID;

/** A service organisation that could do the work, best first, and why. {@code openOrders} is its present load. */
public record VendorSuggestion(
        UUID orgId, String nameZh, String nameEn, int score, List<Reason> reasons, int openOrders) {

    /** Why an organisation is suggested, or not. */
    public enum Reason {
        /** It looks after this unit by contract. */
        CONTRACT,
        /** The same, and the unit is still under warranty. */
        WARRANTY,
        IN_HOUSE,
        SAME_CITY,
        SAME_PROVINCE,
        FEW_ORDERS,
        MANY_ORDERS,
        /** It let this order pass before, so it is not asked by itself again. */
        PASSED_BEFORE
    }

    public boolean passed() {
        return reasons.contains(Reason.PASSED_BEFORE);
    }
}

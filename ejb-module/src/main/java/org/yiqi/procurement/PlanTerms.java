package org.yiqi.procurement;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * What is to be bought.
 *
 * @param unitPrice estimated, of one
 * @param serviceYearly maintenance of all of them in a year
 * @param runningYearly consumables, energy and people of a year
 * @param disposal cost of the end, all of them
 * @param licence number of the licence to set up large equipment, empty without
 * @param justification answers what the check asks about, empty without
 */
public record PlanTerms(
        @Nullable UUID needId,
        String title,
        String category,
        int quantity,
        Money unitPrice,
        String budgetLine,
        Money budget,
        String specification,
        List<Parameter> parameters,
        int lifeYears,
        Money serviceYearly,
        Money runningYearly,
        Money disposal,
        String licence,
        String justification) {

    public PlanTerms {
        parameters = List.copyOf(parameters);
    }

    /** The price of all. */
    public Money total() {
        return unitPrice.times(quantity);
    }

    /** What they cost from the purchase to the end. */
    public Money lifeCost() {
        return total().plus(serviceYearly.plus(runningYearly).times(lifeYears)).plus(disposal);
    }
}

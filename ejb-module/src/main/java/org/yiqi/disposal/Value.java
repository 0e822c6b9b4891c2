package org.yiqi.disposal;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * What is known about a unit's worth beyond its own page.
 *
 * @param cost what it cost, where its page does not say
 * @param newPrice what a new one costs
 * @param serviceYearly what keeping it going costs in a year
 * @param earningsYearly what it earns in a year after its running costs; null leaves the income method out
 * @param repairQuote what the repair at hand costs, or null
 * @param parts what could be taken out of it; none leaves the method out
 * @param weightKg what it weighs, where its class's figure is wrong
 */
public record Value(
        @Nullable Money cost,
        @Nullable LocalDate acquiredOn,
        @Nullable Integer lifeYears,
        Money newPrice,
        Money serviceYearly,
        @Nullable Money earningsYearly,
        @Nullable Integer remainingYears,
        @Nullable Money repairQuote,
        List<Part> parts,
        @Nullable Long weightKg) {

    public Value {
        parts = List.copyOf(parts);
    }

    /** A part that could be used again. */
    public record Part(String name, int count, Money value) {}
}

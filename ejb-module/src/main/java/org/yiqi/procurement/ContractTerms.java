package org.yiqi.procurement;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * What a buyer drafts.
 *
 * @param clauses codes of the optional clauses that it takes; the required ones are always in
 */
public record ContractTerms(
        UUID planId,
        UUID supplierId,
        String title,
        List<Item> items,
        LocalDate deliveryBy,
        int warrantyMonths,
        List<String> clauses,
        List<Milestone> milestones) {

    public ContractTerms {
        items = List.copyOf(items);
        clauses = List.copyOf(clauses);
        milestones = List.copyOf(milestones);
    }

    /** The price of all. */
    public Money total() {
        Money total = Money.zero(items.get(0).unitPrice().currency());
        for (Item item : items) {
            total = total.plus(item.unitPrice().times(item.quantity()));
        }
        return total;
    }

    /** @param modelId the model in the equipment catalogue, when it is there */
    public record Item(String description, @Nullable UUID modelId, int quantity, Money unitPrice) {}

    /** @param percent share of the amount that is paid once the milestone is met */
    public record Milestone(MilestoneKind kind, LocalDate due, int percent) {}
}

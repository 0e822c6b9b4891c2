package org.yiqi.procurement;

import java.time.LocalDate;
import java.util.List;

/**
 * What a buyer adds to an award to make a contract of it; all else is in the award.
 *
 * @param clauses codes of the optional clauses that it takes
 */
public record AwardedTerms(
        String title,
        LocalDate deliveryBy,
        int warrantyMonths,
        List<String> clauses,
        List<ContractTerms.Milestone> milestones) {

    public AwardedTerms {
        clauses = List.copyOf(clauses);
        milestones = List.copyOf(milestones);
    }

    ContractTerms of(ContractStore.Award award) {
        return new ContractTerms(
                award.plan(), award.winner(), title, award.items(), deliveryBy, warrantyMonths, clauses, milestones);
    }
}

package org.yiqi.procurement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * A contract as its two sides see it.
 *
 * @param tenderId the tender whose award of a lot it follows; null for a purchase without a tender
 * @param original the amount that was first signed; changes are measured by it
 * @param signBy the last day for both signatures
 * @param pendingAct the act that waits for signatures
 */
public record ContractView(
        UUID id,
        long version,
        String number,
        UUID buyerId,
        UUID supplierId,
        UUID planId,
        @Nullable UUID tenderId,
        @Nullable String lot,
        String title,
        Money original,
        Money amount,
        int amendPercent,
        LocalDate deliveryBy,
        LocalDate signBy,
        int warrantyMonths,
        ContractState state,
        @Nullable UUID pendingAct,
        String endedReason,
        Instant madeAt,
        @Nullable Instant effectiveAt,
        @Nullable Instant endedAt,
        List<ContractTerms.Item> items,
        List<ContractClause> clauses,
        List<Milestone> milestones,
        List<Revision> revisions) {

    public ContractView {
        items = List.copyOf(items);
        clauses = List.copyOf(clauses);
        milestones = List.copyOf(milestones);
        revisions = List.copyOf(revisions);
    }

    /** A clause's text with this contract's values in it. */
    public String text(ContractClause clause, String language) {
        return clause.text(language)
                .replace("{amount}", original.amount().toPlainString() + " " + original.currency())
                .replace("{deliveryBy}", deliveryBy.toString())
                .replace("{warrantyMonths}", Integer.toString(warrantyMonths))
                .replace("{amendPercent}", Integer.toString(amendPercent));
    }

    /** The most that the contract may come to by changes. */
    public Money limit() {
        return Money.ofMinor(limit(original.minor(), amendPercent), original.currency());
    }

    /** An amount and a share of it, rounded down, without leaving the range of a long. */
    static long limit(long original, int percent) {
        return original + original / 100 * percent + original % 100 * percent / 100;
    }

    /**
     * @param expected when the supplier expects it, the due day until it says otherwise
     * @param payable what is paid once it is met
     */
    public record Milestone(
            int position,
            MilestoneKind kind,
            LocalDate due,
            LocalDate expected,
            int percent,
            Money payable,
            MilestoneState state,
            String note,
            @Nullable Instant reportedAt,
            @Nullable Instant decidedAt,
            @Nullable Money paid,
            @Nullable Instant paidAt) {

        /** Days that the supplier expects to be late; negative when early. */
        public long daysLate() {
            return expected.toEpochDay() - due.toEpochDay();
        }

        /** Whether the day has passed without word. */
        public boolean overdue(LocalDate today) {
            return state == MilestoneState.SCHEDULED && today.isAfter(due);
        }
    }

    /** One signed document: the contract itself, then each change. */
    public record Revision(
            int number,
            Money amount,
            String reason,
            String sha256,
            @Nullable UUID actId,
            String actDigest,
            Instant proposedAt,
            @Nullable Instant signedAt,
            boolean lapsed) {}
}

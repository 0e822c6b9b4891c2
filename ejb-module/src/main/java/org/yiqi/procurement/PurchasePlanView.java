package org.yiqi.procurement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan with what the check found and how far its approval is.
 *
 * @param rulesOf the version of the rules that it was last checked by
 * @param steps of all rounds, in order
 */
public record PurchasePlanView(
        UUID id,
        long version,
        String number,
        UUID organisationId,
        PlanTerms terms,
        PlanState state,
        int round,
        @Nullable LocalDate rulesOf,
        UUID madeBy,
        Instant madeAt,
        @Nullable Instant approvedAt,
        List<Finding> findings,
        List<Step> steps) {

    public PurchasePlanView {
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
    }

    /** The step whose signature is next, or null. */
    public @Nullable Step next() {
        return state != PlanState.APPROVING
                ? null
                : steps.stream()
                        .filter(s -> s.round() == round && s.state() == StepState.WAITING)
                        .findFirst()
                        .orElse(null);
    }

    /** One signing. */
    public record Step(
            int round,
            int position,
            ApprovalStep step,
            StepState state,
            @Nullable UUID delegate,
            @Nullable UUID personId,
            @Nullable Instant decidedAt,
            String note) {}

    /** Whether a step was signed. What came after a return was LEFT. */
    public enum StepState {
        WAITING,
        SIGNED,
        RETURNED,
        LEFT
    }
}

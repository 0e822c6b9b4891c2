package org.yiqi.organisation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * How far a login came.
 *
 * @param personId whose password was right, where something is still asked
 * @param choices the organisations to choose from
 */
public record SignIn(
        Step step,
        @Nullable UUID personId,
        List<MembershipView> choices,
        @Nullable YiqiPrincipal principal) {

    /** What comes next. */
    public enum Step {
        REFUSED,
        CODE_NEEDED,
        CHOICE_NEEDED,
        DONE
    }

    static final SignIn REFUSED = new SignIn(Step.REFUSED, null, List.of(), null);

    static SignIn codeNeeded(UUID person) {
        return new SignIn(Step.CODE_NEEDED, person, List.of(), null);
    }

    static SignIn choiceNeeded(UUID person, List<MembershipView> choices) {
        return new SignIn(Step.CHOICE_NEEDED, person, choices, null);
    }

    static SignIn done(YiqiPrincipal principal) {
        return new SignIn(Step.DONE, principal.personId(), List.of(), principal);
    }

    public Optional<YiqiPrincipal> done() {
        return Optional.ofNullable(principal);
    }
}

package org.yiqi.procurement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A seat of a panel. Who sits there is shown to regulators, to the panel, and to everybody once the ranking is published.
 *
 * @param personId null to who may not know
 * @param name empty to who may not know
 * @param locked how many of the sheets are locked
 */
public record SeatView(
        UUID id,
        long version,
        int number,
        Kind kind,
        State state,
        @Nullable UUID personId,
        @Nullable UUID organisationId,
        String name,
        Instant answerUntil,
        String reason,
        int locked) {

    /** Drawn from the pool, or named by the buyer. */
    public enum Kind {
        EXPERT,
        BUYER
    }

    /** Whether it is taken. */
    public enum State {
        INVITED,
        ACCEPTED,
        DECLINED,
        RECUSED,
        EXPIRED
    }

    SeatView hidden() {
        return new SeatView(id, version, number, kind, state, null, null, "", answerUntil, reason, locked);
    }
}

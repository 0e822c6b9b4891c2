package org.yiqi.oversight;

import org.jspecify.annotations.Nullable;

/**
 * How a case is decided.
 *
 * @param sanction with {@link Kind#SANCTION} only
 * @param days how long the organisation has to follow it; not for {@link Kind#CLOSE}
 */
public record CaseDecision(Kind kind, @Nullable Sanction sanction, String reasons, int days) {

    /** What follows. */
    public enum Kind {
        CLOSE,
        RECTIFY,
        SANCTION
    }

    /** What takes effect at once. */
    public enum Sanction {
        /** The organisation may not act on the platform until it is reinstated. */
        SUSPEND_ORGANISATION,
        /** No unit of the model may be used until the hold is lifted. */
        HOLD_MODEL
    }
}

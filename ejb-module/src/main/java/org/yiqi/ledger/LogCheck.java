package org.yiqi.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recomputed about the evidence log and its newest roots.
 *
 * @param size how many leaves it has now
 * @param waiting how many wait for their place
 * @param root over all leaves, from the stored subtrees
 */
public record LogCheck(boolean holds, long size, long waiting, String root, Instant checkedAt, List<Step> roots) {

    public LogCheck {
        roots = List.copyOf(roots);
    }

    /**
     * One anchored root.
     *
     * @param recomputed whether the stored subtrees make it again
     * @param onLedger whether its act says the same; null when it has none
     * @param extended whether the newest root begins with it
     */
    public record Step(
            RootView root, boolean recomputed, @Nullable Boolean onLedger, boolean extended) {

        public boolean holds() {
            return recomputed && extended && !Boolean.FALSE.equals(onLedger);
        }
    }
}

package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draw as anyone makes it again, see {@link org.yiqi.contract.evaluation.Draw}.
 *
 * @param commitment SM3 digest of the seed, public since the tender's publication
 * @param word what whoever drew added
 * @param seed in hexadecimal; empty until it was drawn
 * @param candidates among whom, by the ids under which the pool has them
 */
public record DrawView(
        String purpose,
        String commitment,
        Instant committedAt,
        String word,
        String seed,
        List<UUID> candidates,
        @Nullable Instant revealedAt) {

    public DrawView {
        candidates = List.copyOf(candidates);
    }
}

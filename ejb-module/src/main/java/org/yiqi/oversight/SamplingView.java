package org.yiqi.oversight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An inspection by sample and how far it has come.
 *
 * @param commitment SM3 digest of the seed, known before it was drawn
 * @param seed in hexadecimal; empty until it was drawn
 * @param word what whoever drew added to the seed
 * @param population how many devices were stated, of all classes
 * @param samples how many of them are to be inspected
 */
public record SamplingView(
        UUID id,
        long version,
        String number,
        UUID orgId,
        String orgZh,
        String orgEn,
        String title,
        String purpose,
        String region,
        String category,
        LocalDate dueOn,
        String state,
        String commitment,
        String seed,
        String word,
        Instant plannedAt,
        @Nullable Instant drawnAt,
        long population,
        long samples,
        long inspected,
        long findings,
        long cases) {

    public boolean isDrawn() {
        return state.equals("DRAWN");
    }
}

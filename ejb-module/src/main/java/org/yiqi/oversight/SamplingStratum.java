package org.yiqi.oversight;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The population of one class of risk, and how many of it the rule of its day takes.
 *
 * @param candidates the whole population, for who draws again
 */
public record SamplingStratum(
        String deviceClass, int population, int sampleSize, LocalDate ruleOf, String source, List<UUID> candidates) {

    public SamplingStratum {
        candidates = List.copyOf(candidates);
    }
}

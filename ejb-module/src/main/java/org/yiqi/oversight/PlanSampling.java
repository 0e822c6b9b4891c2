package org.yiqi.oversight;

import java.time.LocalDate;
import java.util.Set;

/**
 * An inspection by sample to plan.
 *
 * @param region the digits with which the places' codes begin (GB/T 2260), empty for everywhere
 * @param category of devices, empty for all
 * @param classes of risk: I, II, III
 * @param dueOn by when all are inspected
 */
public record PlanSampling(
        String title, String purpose, String region, String category, Set<String> classes, LocalDate dueOn) {

    public PlanSampling {
        classes = Set.copyOf(classes);
    }
}

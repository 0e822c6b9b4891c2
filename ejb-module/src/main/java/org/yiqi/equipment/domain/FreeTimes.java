package org.yiqi.equipment.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yiqi.shared.Period;

/** Finds free times near a wish among the times that are taken. */
public record FreeTimes(List<Period> busy) {

    public FreeTimes {
        busy = busy.stream().sorted(Comparator.comparing(Period::from)).toList();
    }

    public boolean isFree(Period wished) {
        return busy.stream().noneMatch(wished::overlaps);
    }

    /**
     * Up to {@code count} free periods as long as the wished one, nearest first (of two equally near ones the
     * later), none before {@code earliest}, none overlapping another.
     */
    public List<Period> near(Period wished, Instant earliest, int count) {
        Duration length = wished.length();
        Set<Instant> starts = new LinkedHashSet<>();
        for (int n = 0; n < count; n++) {
            starts.add(wished.from().plus(length.multipliedBy(n)));
            starts.add(earliest.plus(length.multipliedBy(n)));
        }
        for (Period taken : busy) {
            // Right after what is taken, right before it, and further on where the first choices lie side by side.
            for (int n = 0; n < count; n++) {
                starts.add(taken.to().plus(length.multipliedBy(n)));
                starts.add(taken.from().minus(length.multipliedBy(n + 1L)));
            }
        }
        List<Period> found = new ArrayList<>();
        starts.stream()
                .filter(start -> !start.isBefore(earliest))
                .sorted(Comparator.comparing((Instant start) ->
                                Duration.between(wished.from(), start).abs())
                        .thenComparing(Comparator.reverseOrder()))
                .map(start -> new Period(start, start.plus(length)))
                .filter(this::isFree)
                .forEach(free -> {
                    if (found.size() < count && found.stream().noneMatch(free::overlaps)) {
                        found.add(free);
                    }
                });
        return List.copyOf(found);
    }
}

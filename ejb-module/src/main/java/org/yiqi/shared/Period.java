package org.yiqi.shared;

import java.time.Duration;
import java.time.Instant;
import org.yiqi.shared.problem.RuleViolation;

/** A half-open span of time: {@code from} is in it, {@code to} is not. */
public record Period(Instant from, Instant to) {

    public Period {
        if (!from.isBefore(to)) {
            throw new RuleViolation("shared.period-empty", "A period must end after it starts")
                    .at("/period/to", "must be after from");
        }
    }

    public boolean overlaps(Period other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}

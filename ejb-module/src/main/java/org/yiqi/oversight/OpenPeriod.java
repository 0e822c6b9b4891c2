package org.yiqi.oversight;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/** The days that {@link OpenData} is about, both of them counted. */
public record OpenPeriod(LocalDate first, LocalDate last) {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final int LONGEST_YEARS = 10;

    /**
     * As an address says it. Without a last day until today, without a first from a year before the last.
     *
     * @throws RuleViolation {@code oversight.period-invalid}
     */
    public static OpenPeriod read(@Nullable String from, @Nullable String to, Clock clock) {
        LocalDate last = day(to, LocalDate.ofInstant(clock.instant(), CHINA), "/to");
        return new OpenPeriod(day(from, last.minusYears(1), "/from"), last);
    }

    /** Whether there is anything to read over it. */
    public boolean isSound() {
        return !last.isBefore(first)
                && first.getYear() >= 2000
                && last.getYear() <= 2100
                && !last.isAfter(first.plusYears(LONGEST_YEARS));
    }

    /** @throws RuleViolation {@code oversight.period-invalid} unless it {@linkplain #isSound is sound} */
    void requireSound() {
        if (!isSound()) {
            throw new RuleViolation("oversight.period-invalid", "A period has a first and a last day")
                    .at("/to", "not before from, at most " + LONGEST_YEARS + " years after it");
        }
    }

    Instant begins() {
        return first.atStartOfDay(CHINA).toInstant();
    }

    Instant ends() {
        return last.plusDays(1).atStartOfDay(CHINA).toInstant();
    }

    private static LocalDate day(@Nullable String text, LocalDate without, String pointer) {
        if (text == null || text.isBlank()) {
            return without;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new RuleViolation("oversight.period-invalid", "Not a day", e).at(pointer, "YYYY-MM-DD");
        }
    }
}

package org.yiqi.web.oversight;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/** The days of an address, both counted. */
record OpenPeriod(LocalDate first, LocalDate last) {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /**
     * Without a last day until today, without a first from a year before the last.
     *
     * @throws RuleViolation {@code oversight.period-invalid}
     */
    static OpenPeriod read(@Nullable String from, @Nullable String to, Clock clock) {
        LocalDate last = day(to, LocalDate.ofInstant(clock.instant(), CHINA), "/to");
        return new OpenPeriod(day(from, last.minusYears(1), "/from"), last);
    }

    /** As {@link org.yiqi.oversight.OpenData} wants it. */
    boolean isSound() {
        return !last.isBefore(first)
                && first.getYear() >= 2000
                && last.getYear() <= 2100
                && !last.isAfter(first.plusYears(10));
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

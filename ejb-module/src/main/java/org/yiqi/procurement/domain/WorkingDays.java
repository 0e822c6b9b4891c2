package org.yiqi.procurement.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * The calendar of legal clocks, in China's time.
 *
 * @param exceptions days that are not what their weekday says, and whether they are worked
 */
public record WorkingDays(Map<LocalDate, Boolean> exceptions) {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public WorkingDays {
        exceptions = Map.copyOf(exceptions);
    }

    public boolean isWorking(LocalDate day) {
        boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        return exceptions.getOrDefault(day, weekday);
    }

    /** The end of the n-th working day after the day of an instant. */
    public Instant endOf(Instant from, int workingDays) {
        LocalDate day = LocalDate.ofInstant(from, ZONE);
        int left = workingDays;
        while (left > 0) {
            day = day.plusDays(1);
            if (isWorking(day)) {
                left--;
            }
        }
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /**
     * Whether so many whole days lie between two instants. The day of the first does not count, and the last has to be over:
     * a notice of the 1st with 20 days allows a deadline on the 22nd and not before.
     */
    public static boolean apart(Instant from, Instant to, int days) {
        LocalDate over = LocalDate.ofInstant(from, ZONE).plusDays(days + 1L);
        return !to.isBefore(over.atStartOfDay(ZONE).toInstant());
    }
}

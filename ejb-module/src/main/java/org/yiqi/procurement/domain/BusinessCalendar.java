package org.yiqi.procurement.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * Days of work and of rest in China. A period of days does not count the day on which it begins and ends with its last day,
 * or with the next working day where that is a day of rest (民法典 §201, §203).
 *
 * @param special days that are not what their weekday says: true for a working day
 */
public record BusinessCalendar(Map<LocalDate, Boolean> special) {

    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    public BusinessCalendar {
        special = Map.copyOf(special);
    }

    public boolean isWorkingDay(LocalDate day) {
        boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        return special.getOrDefault(day, weekday);
    }

    /** The day itself, or the first working day after it. */
    public LocalDate workingDayFrom(LocalDate day) {
        LocalDate next = day;
        while (!isWorkingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** The last day of a period of so many days that begins with something at an instant. */
    public LocalDate lastDay(Instant begins, int days) {
        return workingDayFrom(day(begins).plusDays(days));
    }

    public LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, CHINA);
    }

    /** The earliest instant at which bids may close after a period of so many days: any hour of its last day. */
    public Instant earliestEnd(Instant begins, int days) {
        return lastDay(begins, days).atStartOfDay(CHINA).toInstant();
    }

    /** The end of a period of so many working days after an instant's own day: the midnight that follows the last of them. */
    public Instant endOfWorkingDays(Instant begins, int days) {
        LocalDate last = day(begins);
        for (int i = 0; i < days; i++) {
            last = workingDayFrom(last.plusDays(1));
        }
        return last.plusDays(1).atStartOfDay(CHINA).toInstant();
    }

    /** The midnight that ends an instant's day, or the next working day where that is a day of rest. */
    public Instant endOfDay(Instant instant) {
        return workingDayFrom(day(instant)).plusDays(1).atStartOfDay(CHINA).toInstant();
    }
}

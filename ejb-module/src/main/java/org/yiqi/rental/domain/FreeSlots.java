package org.yiqi.rental.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yiqi.shared.Period;

/** Finds the time that an offer still has: its windows, in its daily hours, less what the calendar holds and the buffers. */
public final class FreeSlots {

    /** Offers are made in local business hours. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private FreeSlots() {}

    /**
     * @param windows when the owner can spare the unit
     * @param hours the hours of a day in which it can be used
     * @param busy what the calendar holds
     * @param before time needed before a rental for transport and installation
     * @param after time needed after it for cleaning and transport
     * @param earliest nothing before this instant
     */
    public static List<Period> of(
            List<Period> windows,
            DailyHours hours,
            List<Period> busy,
            Duration before,
            Duration after,
            Instant earliest) {
        List<Period> blocked = busy.stream()
                .map(b -> new Period(b.from().minus(after), b.to().plus(before)))
                .sorted(Comparator.comparing(Period::from))
                .toList();
        List<Period> free = new ArrayList<>();
        windows.stream().sorted(Comparator.comparing(Period::from)).forEach(window -> {
            for (Period open : hours.within(window)) {
                subtract(open, blocked, earliest, free);
            }
        });
        return free;
    }

    private static void subtract(Period open, List<Period> blocked, Instant earliest, List<Period> free) {
        Instant start = open.from().isBefore(earliest) ? earliest : open.from();
        for (Period b : blocked) {
            if (b.from().isAfter(start) && start.isBefore(open.to())) {
                Instant end = b.from().isBefore(open.to()) ? b.from() : open.to();
                free.add(new Period(start, end));
            }
            if (b.to().isAfter(start)) {
                start = b.to();
            }
        }
        if (start.isBefore(open.to())) {
            free.add(new Period(start, open.to()));
        }
    }

    /** Up to {@code most} periods of the wanted length in the free slots, the nearest to the wanted start first. */
    public static List<Period> near(List<Period> free, Period wanted, int most) {
        Duration length = wanted.length();
        List<Period> found = new ArrayList<>();
        for (Period slot : free) {
            for (Instant start = nearest(slot, wanted, length);
                    !start.plus(length).isAfter(slot.to()) && found.size() < 200;
                    start = start.plus(length)) {
                found.add(new Period(start, start.plus(length)));
            }
        }
        return found.stream()
                .sorted(Comparator.comparing((Period p) ->
                                Duration.between(wanted.from(), p.from()).abs())
                        .thenComparing(Period::from))
                .limit(most)
                .toList();
    }

    private static Instant nearest(Period slot, Period wanted, Duration length) {
        Instant latest = slot.to().minus(length);
        Instant start = wanted.from();
        if (start.isAfter(latest)) {
            start = latest;
        }
        return start.isBefore(slot.from()) ? slot.from() : start;
    }

    /** The part of each day in which a unit can be used, in minutes from local midnight. */
    public record DailyHours(int openMinute, int closeMinute) {

        public static final int WHOLE_DAY = 24 * 60;

        public boolean allDay() {
            return openMinute == 0 && closeMinute == WHOLE_DAY;
        }

        List<Period> within(Period window) {
            if (allDay()) {
                return List.of(window);
            }
            List<Period> days = new ArrayList<>();
            LocalDate last = window.to().atZone(ZONE).toLocalDate();
            for (LocalDate day = window.from().atZone(ZONE).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
                Instant midnight = day.atStartOfDay(ZONE).toInstant();
                Instant open = later(window.from(), midnight.plus(Duration.ofMinutes(openMinute)));
                Instant close = earlier(window.to(), midnight.plus(Duration.ofMinutes(closeMinute)));
                if (open.isBefore(close)) {
                    days.add(new Period(open, close));
                }
            }
            return days;
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }

        private static Instant earlier(Instant a, Instant b) {
            return a.isBefore(b) ? a : b;
        }
    }
}

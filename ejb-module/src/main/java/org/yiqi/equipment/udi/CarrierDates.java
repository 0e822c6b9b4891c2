package org.yiqi.equipment.udi;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;

/** The dates of device identifiers: two-digit years, months without a day, days of the year. */
record CarrierDates(LocalDate today) {

    /** A day of 00 means that only the month counts, so the last day of it. */
    LocalDate monthAndDay(String yy, String mm, String dd) {
        try {
            YearMonth month = YearMonth.of(fourDigits(number(yy)), number(mm));
            return number(dd) == 0 ? month.atEndOfMonth() : month.atDay(number(dd));
        } catch (DateTimeException e) {
            throw UdiRefused.date("There is no day " + yy + "-" + mm + "-" + dd + ".");
        }
    }

    LocalDate dayOfYear(String yy, String day) {
        return dayOfYear(fourDigits(number(yy)), day);
    }

    static LocalDate dayOfYear(int year, String day) {
        try {
            return Year.of(year).atDay(number(day));
        } catch (DateTimeException e) {
            throw UdiRefused.date("The year " + year + " has no day " + day + ".");
        }
    }

    static LocalDate full(String yyyymmdd) {
        try {
            return LocalDate.of(
                    number(yyyymmdd.substring(0, 4)),
                    number(yyyymmdd.substring(4, 6)),
                    number(yyyymmdd.substring(6, 8)));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw UdiRefused.date("There is no day " + yyyymmdd + ".");
        }
    }

    /** The GS1 rule: the century that puts the year within the 49 years before and the 50 years after today. */
    private int fourDigits(int twoDigits) {
        int century = today.getYear() / 100 * 100;
        int difference = twoDigits - today.getYear() % 100;
        if (difference >= 51) {
            return century - 100 + twoDigits;
        }
        return difference <= -50 ? century + 100 + twoDigits : century + twoDigits;
    }

    static int number(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw UdiRefused.date("A date is written in digits, not \"" + digits + "\".");
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}

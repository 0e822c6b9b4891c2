package org.yiqi.benchmarks;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param what what was measured, with its unit
 * @param measured ours
 * @param reference the reference of the same run; what it is stands in {@code what}
 * @param ratio measured to reference, or the other way round, such that {@code bar} can be held against it
 * @param bar what it should reach, as a person would say it
 * @param reached whether it does
 */
record Figure(String what, String measured, String reference, double ratio, String bar, boolean reached) {

    String line() {
        return String.format(
                Locale.ROOT,
                "%-58s %14s %14s %8.2f  %-22s %s",
                what,
                measured,
                reference,
                ratio,
                bar,
                reached ? "reached" : "NOT reached");
    }

    static String heading() {
        return String.format(
                Locale.ROOT, "%-58s %14s %14s %8s  %-22s", "figure", "measured", "reference", "ratio", "bar");
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }

    static String perSecond(double value) {
        return String.format(Locale.ROOT, "%,.0f/s", value);
    }
}

package org.yiqi.insight;

/**
 * A figure of the overview.
 *
 * @param key names it; its texts are {@code insight.figure.<key>} and, with the hint as parameter, {@code insight.figure.<key>.hint}
 * @param form how the value is written
 * @param hint what is worth knowing beside it; none is shown when it is negative
 * @param hintKind how urgent the hint is: ok, info, warn, bad or mute
 * @param path the list behind the figure
 */
public record Figure(String key, double value, Form form, long hint, String hintKind, String path) {

    /** How a value is written. */
    public enum Form {
        NUMBER,
        HOURS,
        SHARE,
        /** Minor units of yuan. */
        MONEY
    }
}

package org.yiqi.insight;

import java.time.Instant;
import java.util.List;

/**
 * How something went over the last weeks or months.
 *
 * @param key names it; its text is {@code insight.trend.<key>}
 * @param form how the values are written; shares are drawn as a line, the rest as columns that stand on each other
 * @param step what a point stands for
 * @param series what is counted, in the order of each point's values; the texts are {@code insight.trend.<key>.<series>}
 * @param path the list behind it
 */
public record Trend(String key, Figure.Form form, Step step, List<String> series, List<Point> points, String path) {

    /** The time that a point stands for. */
    public enum Step {
        WEEK,
        MONTH
    }

    /** The values of one step, the oldest first. */
    public record Point(Instant from, List<Double> values) {}

    /** Whether there is anything to see. */
    public boolean empty() {
        return points.stream().allMatch(p -> p.values().stream().allMatch(v -> v == 0));
    }
}

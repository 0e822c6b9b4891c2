package org.yiqi.telemetry;

import java.time.Instant;
import java.util.List;

/**
 * Readings of one metric over a time, thinned to as many points as were asked for; the least and the greatest value of each
 * point are kept, so no peak is lost.
 *
 * @param source READING, MINUTE or HOUR: what the points were made from
 */
public record ReadingSeries(
        String metric, String unit, Instant from, Instant to, long stepSeconds, String source, List<Point> points) {

    public ReadingSeries {
        points = List.copyOf(points);
    }

    /** @param at beginning of the point's time */
    public record Point(Instant at, double min, double max, double avg, long n) {}
}

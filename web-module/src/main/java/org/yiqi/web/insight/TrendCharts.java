package org.yiqi.web.insight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.insight.Figure;
import org.yiqi.insight.Overview;
import org.yiqi.insight.Trend;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Texts;

/** The overview's trends as they are drawn: a share as a line, everything else as columns whose parts stand on each other. */
@Named
@RequestScoped
public class TrendCharts {

    private static final double WIDTH = 100;
    private static final double[] NICE = {1, 2, 4, 5, 6, 8, 10};

    @Inject
    Overview overview;

    @Inject
    Texts texts;

    @Inject
    Formats formats;

    private @Nullable List<Chart> charts;

    public List<Chart> getAll() {
        List<Chart> drawn = charts;
        if (drawn == null) {
            drawn = overview.trends().stream().map(this::chart).toList();
            charts = drawn;
        }
        return drawn;
    }

    private Chart chart(Trend trend) {
        boolean line = trend.form() == Figure.Form.SHARE;
        double top = nice(trend.points().stream()
                .mapToDouble(p -> p.values().stream().mapToDouble(v -> v).sum())
                .max()
                .orElse(1));
        if (line) {
            top = Math.min(1, top);
        }
        List<Column> columns = new ArrayList<>();
        for (Trend.Point point : trend.points()) {
            columns.add(column(
                    trend, point, top, columns.size() % 2 == (trend.points().size() - 1) % 2));
        }
        String key = "insight.trend." + trend.key();
        return new Chart(
                trend.key(),
                texts.get(key),
                texts.get(trend.step() == Trend.Step.WEEK ? "insight.trend.weeks" : "insight.trend.months"),
                line,
                List.of(written(trend, top), written(trend, top / 2), written(trend, 0)),
                trend.series().stream().map(s -> texts.get(key + "." + s)).toList(),
                columns,
                line ? points(trend, top) : "",
                trend.path());
    }

    private Column column(Trend trend, Trend.Point point, double top, boolean named) {
        List<Part> parts = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < trend.series().size(); i++) {
            double value = point.values().get(i);
            String written = written(trend, value);
            told.add(
                    trend.series().size() == 1
                            ? written
                            : texts.get("insight.trend." + trend.key() + "."
                                            + trend.series().get(i)) + " " + written);
            parts.add(new Part(String.format(Locale.ROOT, "%.1f", 100 * value / top), written));
        }
        ZonedDateTime from = point.from().atZone(Formats.ZONE);
        String label = DateTimeFormatter.ofPattern(trend.step() == Trend.Step.WEEK ? "MM-dd" : "yyyy-MM")
                .format(from);
        String when = trend.step() == Trend.Step.WEEK
                ? texts.format("insight.trend.week", formats.date(point.from()))
                : label;
        return new Column(label, named, when + ": " + String.join(" · ", told), parts);
    }

    /** The line's points in a box of 100 by 100, each in the middle of its step. */
    private static String points(Trend trend, double top) {
        int n = trend.points().size();
        List<String> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double y = 100 - 100 * trend.points().get(i).values().get(0) / top;
            points.add(String.format(Locale.ROOT, "%.2f,%.2f", (i + 0.5) * WIDTH / n, y));
        }
        return points.stream().collect(Collectors.joining(" "));
    }

    private String written(Trend trend, double value) {
        return switch (trend.form()) {
            case SHARE -> formats.percent(value);
            case MONEY -> formats.minor(Math.round(value), "CNY");
            case HOURS, NUMBER -> formats.number(Math.round(value));
        };
    }

    /** The next round number, so that half of it is one too. */
    private static double nice(double value) {
        double base = Math.pow(10, Math.floor(Math.log10(Math.max(value, 0.02))));
        for (double step : NICE) {
            if (step * base >= value && (base < 1 || step * base % 2 == 0)) {
                return step * base;
            }
        }
        return 10 * base;
    }

    /**
     * A chart.
     *
     * @param axis what stands beside it: top, middle and foot
     * @param line the points of its line, empty for columns
     */
    public record Chart(
            String key,
            String title,
            String span,
            boolean share,
            List<String> axis,
            List<String> series,
            List<Column> columns,
            String line,
            String path) {}

    /** One step; {@code named} ones carry their label below. */
    public record Column(String label, boolean named, String text, List<Part> parts) {}

    /** One series' share of a column's height, in percent. */
    public record Part(String height, String value) {}
}

package org.yiqi.web.insight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.yiqi.insight.Figure;
import org.yiqi.insight.IdleCell;
import org.yiqi.insight.Overview;
import org.yiqi.insight.Task;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** The overview: figures, what waits for this person, and where devices stand idle. */
@Named
@RequestScoped
public class HomeView {

    private static final int DAYS = 7;
    private static final int FAINTEST = 12;
    private static final int STRONGEST = 92;

    @Inject
    Overview overview;

    @Inject
    Clock clock;

    @Inject
    Texts texts;

    @Inject
    Formats formats;

    @Inject
    Language language;

    private List<Card> cards = List.of();
    private List<Task> tasks = List.of();
    private List<IdleCell> idle = List.of();

    @PostConstruct
    void read() {
        cards = overview.figures().stream().map(this::card).toList();
        tasks = overview.tasks();
        idle = overview.idleWeek();
    }

    public String getGreetingKey() {
        int hour = LocalTime.now(clock.withZone(Formats.ZONE)).getHour();
        return hour < 12 ? "insight.morning" : hour < 18 ? "insight.afternoon" : "insight.evening";
    }

    public String getSubtitle() {
        return formats.getToday() + " · "
                + (tasks.isEmpty()
                        ? texts.get("insight.tasks.none")
                        : texts.format("insight.tasks.some", tasks.size()));
    }

    public List<Card> getCards() {
        return cards;
    }

    public List<Task> getTasks() {
        return tasks;
    }

    /** Whether any of them names another side: otherwise its column would stand empty. */
    public boolean isBetweenSides() {
        return tasks.stream().anyMatch(task -> !task.otherZh().isEmpty());
    }

    /** The number of what it is about; of an act, what it does. */
    public String number(Task task) {
        return task.key().equals("sign") ? texts.get("ledger.type." + task.subject()) : task.subject();
    }

    public boolean isOverdue(Task task) {
        return task.dueAt() != null && task.dueAt().isBefore(clock.instant());
    }

    /** The days of the week, as the columns of the idle map. */
    public List<String> getDays() {
        return idle.stream()
                .limit(DAYS)
                .map(cell -> local(cell).getDayOfWeek().getDisplayName(TextStyle.SHORT, language.getLocale()))
                .toList();
    }

    public List<Row> getIdleRows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i + DAYS <= idle.size(); i += DAYS) {
            List<IdleCell> cells = idle.subList(i, i + DAYS);
            rows.add(new Row(
                    formats.time(cells.get(0).from()),
                    cells.stream().map(this::spot).toList()));
        }
        return rows;
    }

    /** The colour says more or less idle within this week; the text says how many. */
    private int strength(IdleCell cell) {
        IntSummaryStatistics shares = idle.stream().mapToInt(IdleCell::share).summaryStatistics();
        int range = Math.max(1, shares.getMax() - shares.getMin());
        return FAINTEST + (STRONGEST - FAINTEST) * (cell.share() - shares.getMin()) / range;
    }

    private Spot spot(IdleCell cell) {
        String when = formats.period(cell.from(), cell.from().plus(Duration.ofHours(2)));
        return new Spot(
                strength(cell),
                texts.format("insight.idle.cell", when, cell.idle(), cell.usable()),
                cell.from().isBefore(clock.instant()));
    }

    private static ZonedDateTime local(IdleCell cell) {
        return cell.from().atZone(Formats.ZONE);
    }

    private Card card(Figure figure) {
        String key = "insight.figure." + figure.key();
        String value =
                switch (figure.form()) {
                    case SHARE -> formats.percent(figure.value());
                    case MONEY -> formats.minor(Math.round(figure.value()), "CNY");
                    case HOURS, NUMBER -> formats.number(Math.round(figure.value()));
                };
        String unit = figure.form() == Figure.Form.HOURS ? "h" : "";
        String hint = figure.hint() == 0 ? texts.get(key + ".good") : texts.format(key + ".hint", figure.hint());
        return new Card(texts.get(key), value, unit, hint, figure.hintKind(), figure.path());
    }

    /** A figure as it is written. */
    public record Card(String label, String value, String unit, String hint, String hintKind, String path) {}

    /** Two hours of each day. */
    public record Row(String hour, List<Spot> spots) {}

    /** One of them. */
    public record Spot(int strength, String text, boolean past) {}
}

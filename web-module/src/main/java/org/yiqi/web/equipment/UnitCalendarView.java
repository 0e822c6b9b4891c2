package org.yiqi.web.equipment;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.SlotView;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Texts;

/** Two weeks of a unit's calendar, and a form to take time for the organisation's own use. */
@Named
@ViewScoped
public class UnitCalendarView implements Serializable {

    private static final int DAYS = 14;

    @Inject
    UnitPage page;

    @Inject
    Calendar calendar;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Texts texts;

    private @Nullable String from;
    private @Nullable LocalDateTime begin;
    private @Nullable LocalDateTime end;
    private SlotUse use = SlotUse.CLINICAL;
    private @Nullable String note;
    private List<Period> alternatives = List.of();

    /** A day of the strip with what is taken of it. */
    public record Day(LocalDate date, boolean today, List<Bar> bars) {}

    /** A taken part of a day; left and width are percent of it. */
    public record Bar(SlotView slot, String left, String width) {}

    public LocalDate getFirstDay() {
        try {
            return from == null ? LocalDate.now(clock.withZone(Formats.ZONE)) : LocalDate.parse(from);
        } catch (DateTimeParseException e) {
            return LocalDate.now(clock.withZone(Formats.ZONE));
        }
    }

    public LocalDate getEarlier() {
        return getFirstDay().minusDays(DAYS);
    }

    public LocalDate getLater() {
        return getFirstDay().plusDays(DAYS);
    }

    public List<SlotView> getSlots() {
        return calendar.slots(page.getUnit().id(), new Period(start(getFirstDay()), start(getLater())));
    }

    public List<Day> getDays() {
        List<SlotView> slots = getSlots();
        LocalDate today = LocalDate.now(clock.withZone(Formats.ZONE));
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            LocalDate date = getFirstDay().plusDays(i);
            Period day = new Period(start(date), start(date.plusDays(1)));
            List<Bar> bars = slots.stream()
                    .filter(slot -> slot.period().overlaps(day))
                    .map(slot -> bar(slot, day))
                    .toList();
            days.add(new Day(date, date.equals(today), bars));
        }
        return days;
    }

    /** Takes the time; where it is taken already, three free times nearby are offered. */
    public void take() {
        LocalDateTime first = begin;
        LocalDateTime last = end;
        if (first == null || last == null) {
            return;
        }
        try {
            calendar.reserve(
                    page.getUnit().id(),
                    new Period(instant(first), instant(last)),
                    use,
                    Ids.next(),
                    SlotState.BOOKED,
                    null,
                    note == null ? "" : note);
            alternatives = List.of();
            begin = null;
            end = null;
            note = null;
            say(FacesMessage.SEVERITY_INFO, "equipment.calendar.taken");
        } catch (Conflict e) {
            if (!(e.extensions().get("alternatives") instanceof List<?> near)) {
                throw e;
            }
            alternatives = near.stream().map(Period.class::cast).toList();
            say(FacesMessage.SEVERITY_ERROR, "problem.equipment.slot-taken");
        }
    }

    /** Puts an alternative into the form. */
    public void choose(Period period) {
        begin = LocalDateTime.ofInstant(period.from(), Formats.ZONE);
        end = LocalDateTime.ofInstant(period.to(), Formats.ZONE);
        alternatives = List.of();
    }

    public boolean mayRelease(SlotView slot) {
        return slot.orgId().equals(caller.orgId())
                && slot.use() != SlotUse.RENTAL
                && slot.state() == SlotState.BOOKED
                && caller.has("EQUIPMENT");
    }

    public void release(UUID slotId) {
        calendar.releaseOwn(page.getUnit().id(), slotId);
    }

    private void say(FacesMessage.Severity severity, String key) {
        String text = texts.get(key);
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, text));
    }

    private static Bar bar(SlotView slot, Period day) {
        Instant begins = slot.period().from().isBefore(day.from())
                ? day.from()
                : slot.period().from();
        Instant ends =
                slot.period().to().isAfter(day.to()) ? day.to() : slot.period().to();
        return new Bar(
                slot,
                percent(Duration.between(day.from(), begins), day.length()),
                percent(Duration.between(begins, ends), day.length()));
    }

    private static String percent(Duration part, Duration whole) {
        return String.format(Locale.ROOT, "%.2f%%", part.toSeconds() * 100.0 / whole.toSeconds());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(Formats.ZONE).toInstant();
    }

    private static Instant instant(LocalDateTime local) {
        return local.atZone(Formats.ZONE).toInstant();
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable LocalDateTime getBegin() {
        return begin;
    }

    public void setBegin(@Nullable LocalDateTime begin) {
        this.begin = begin;
    }

    public @Nullable LocalDateTime getEnd() {
        return end;
    }

    public void setEnd(@Nullable LocalDateTime end) {
        this.end = end;
    }

    public SlotUse getUse() {
        return use;
    }

    public void setUse(SlotUse use) {
        this.use = use;
    }

    public @Nullable String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note;
    }

    public List<Period> getAlternatives() {
        return alternatives;
    }
}

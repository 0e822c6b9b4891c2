package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Category;
import org.yiqi.rental.Match;
import org.yiqi.rental.Need;
import org.yiqi.rental.Searches;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.web.shell.Formats;

/** Finding equipment: dates first, then what is free then. Everything stands in the address. */
@Named
@RequestScoped
public class SearchView {

    private static final int DAYS_AHEAD = 7;
    private static final int DAYS_LONG = 7;

    @Inject
    Searches searches;

    @Inject
    Clock clock;

    private @Nullable String category;
    private @Nullable String q;
    private @Nullable String region;
    private @Nullable String from;
    private @Nullable String to;
    private int uses;
    private @Nullable List<Match> matches;
    private @Nullable String problem;

    /** The last day is part of the rental. */
    public List<Match> getMatches() {
        List<Match> found = matches;
        if (found == null) {
            found = find();
            matches = found;
        }
        return found;
    }

    private List<Match> find() {
        try {
            Period period = new Period(
                    Pages.day(getFrom(), "from"),
                    LocalDate.parse(getTo())
                            .plusDays(1)
                            .atStartOfDay(Formats.ZONE)
                            .toInstant());
            return searches.find(new Need(category, q, region, null, null, period, Math.max(0, uses)));
        } catch (BusinessException refused) {
            problem = refused.code();
            return List.of();
        }
    }

    /** The code of what is wrong with the question, for its text. */
    public @Nullable String getProblem() {
        getMatches();
        return problem;
    }

    public List<String> getCategories() {
        return Category.all();
    }

    public String getFrom() {
        return isDay(from) ? String.valueOf(from) : today().plusDays(DAYS_AHEAD).toString();
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public String getTo() {
        return isDay(to)
                ? String.valueOf(to)
                : LocalDate.parse(getFrom()).plusDays(DAYS_LONG - 1).toString();
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(Formats.ZONE));
    }

    private static boolean isDay(@Nullable String text) {
        try {
            return text != null && !LocalDate.parse(text).isBefore(LocalDate.EPOCH);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }

    public @Nullable String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = region;
    }

    public int getUses() {
        return uses;
    }

    public void setUses(int uses) {
        this.uses = uses;
    }
}

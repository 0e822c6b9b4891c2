package org.yiqi.web.rental;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Formats;

/** What pages read from addresses and forms: ids, days and times in the platform's zone, the state of a list. */
public final class Pages {

    public static final int ROWS = 25;

    private Pages() {}

    /** @throws NotFound for what is no id at all */
    public static UUID id(@Nullable String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("rental.not-found", "No such thing", e);
        }
    }

    /** A query of one page; empty filters are left out. */
    public static ListQuery query(@Nullable String q, int page, Map<String, @Nullable String> filters) {
        Map<String, List<String>> given = new HashMap<>();
        filters.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                given.put(name, List.of(value));
            }
        });
        return new ListQuery(ROWS, Math.max(0, page) * ROWS, null, List.of(), q, given);
    }

    /** Approved organisations of some kinds, for a choice among them. */
    public static ListQuery approved(String... kinds) {
        return new ListQuery(
                ListQuery.MAX_LIMIT,
                0,
                null,
                List.of("nameZh"),
                null,
                Map.of("status", List.of("APPROVED"), "kind", List.of(kinds)));
    }

    /** The beginning of a day as {@code <input type="date">} writes it. */
    public static Instant day(@Nullable String text, String field) {
        try {
            return LocalDate.parse(text == null ? "" : text)
                    .atStartOfDay(Formats.ZONE)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw bad(field, e);
        }
    }

    /** A time as {@code <input type="datetime-local">} writes it. */
    public static Instant time(@Nullable String text, String field) {
        try {
            return LocalDateTime.parse(text == null ? "" : text)
                    .atZone(Formats.ZONE)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw bad(field, e);
        }
    }

    /** For {@code <input type="datetime-local">}. */
    public static String local(Instant at) {
        String text = at.atZone(Formats.ZONE).toLocalDateTime().toString();
        return text.length() > 16 ? text.substring(0, 16) : text;
    }

    private static RuleViolation bad(String field, DateTimeParseException e) {
        return new RuleViolation("rental.bad-instant", "A date and time", e).at("/" + field, "a date and time");
    }
}

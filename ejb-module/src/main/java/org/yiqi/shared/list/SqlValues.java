package org.yiqi.shared.list;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.yiqi.shared.problem.RuleViolation;

/** Checks a text against the PostgreSQL type it will be cast to, so that bad input is a 422 and not a database error. */
final class SqlValues {

    private SqlValues() {}

    static void check(String type, String value, String field) {
        try {
            switch (type) {
                case "uuid" -> {
                    if (!UUID.fromString(value).toString().equalsIgnoreCase(value)) {
                        throw new IllegalArgumentException("not the usual form");
                    }
                }
                case "int", "integer" -> Integer.parseInt(value);
                case "bigint" -> Long.parseLong(value);
                case "numeric" -> new BigDecimal(value);
                case "date" -> LocalDate.parse(value);
                case "timestamptz" -> instant(value);
                case "boolean" -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        throw new IllegalArgumentException("true or false");
                    }
                }
                default -> {
                    if (value.indexOf('\0') >= 0) {
                        throw new IllegalArgumentException("NUL");
                    }
                }
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new RuleViolation("shared.bad-value", "Not a valid " + type, e).at("/" + field, type);
        }
    }

    private static void instant(String value) {
        // A cursor carries PostgreSQL's own form ("2026-01-01 00:00:00+00"), a filter RFC 3339.
        String iso = value.replace(' ', 'T').replaceFirst("([+-]\\d\\d)$", "$1:00");
        if (iso.endsWith("Z")) {
            Instant.parse(iso);
        } else {
            OffsetDateTime.parse(iso);
        }
    }
}

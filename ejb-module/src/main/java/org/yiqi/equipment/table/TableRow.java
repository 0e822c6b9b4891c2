package org.yiqi.equipment.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table by the names of its columns, which are compared without regard to case, blanks and underscores.
 *
 * @param line the row's line or number in its file
 */
public record TableRow(int line, Map<String, String> cells) {

    public TableRow {
        cells = Map.copyOf(cells);
    }

    /** The form in which column names are compared. */
    static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-()（）*]", "");
    }

    /** The cell of the first column that exists and is not blank; null where there is none. */
    public @Nullable String text(String... names) {
        for (String name : names) {
            String value = cells.get(normal(name));
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    /** @throws IllegalArgumentException when it is no day such as 2026-03-31 or 2026/3/31 */
    public @Nullable LocalDate day(String... names) {
        String text = text(names);
        if (text == null) {
            return null;
        }
        String[] parts = text.split("[-/.年月日T ]", 4);
        try {
            if (parts.length < 3) {
                throw new IllegalArgumentException("\"" + text + "\" is no day such as 2026-03-31");
            }
            return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no day such as 2026-03-31", e);
        }
    }

    /** @throws IllegalArgumentException when it is no number */
    public @Nullable Double number(String... names) {
        String text = text(names);
        if (text == null) {
            return null;
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("\"" + text + "\" is no number");
        }
        return value;
    }

    /** @throws IllegalArgumentException when it is none of the names */
    public <E extends Enum<E>> @Nullable E choice(Class<E> type, String... names) {
        String text = text(names);
        return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}

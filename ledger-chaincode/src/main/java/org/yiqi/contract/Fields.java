package org.yiqi.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Typed access to one object of a canonical document; what is missing or of the wrong kind is {@link MalformedAct}. */
public record Fields(Map<String, Object> values) {

    public static Fields of(Map<String, Object> values, Set<String> names) {
        if (!values.keySet().equals(names)) {
            throw new MalformedAct("expected the fields " + names + ", found " + values.keySet());
        }
        return new Fields(values);
    }

    public String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new MalformedAct(name + " is not a text");
    }

    public @Nullable String textOrNull(String name) {
        return values.get(name) == null ? null : text(name);
    }

    public UUID uuid(String name) {
        return uuidOf(text(name), name);
    }

    @Nullable
    UUID uuidOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : uuidOf(text, name);
    }

    public Instant instant(String name) {
        String text = text(name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new MalformedAct(name + " is not a time", e);
        }
        throw new MalformedAct(name + " is not a time in its shortest UTC form");
    }

    public long number(String name) {
        String text = text(name);
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedAct(name + " is not a number");
        }
        return Long.parseLong(text);
    }

    boolean flag(String name) {
        return values.get(name) instanceof Boolean flag && flag;
    }

    public Map<String, Object> object(String name) {
        return asObject(values.get(name));
    }

    public <T> List<T> objects(String name, Function<Map<String, Object>, T> read) {
        if (values.get(name) instanceof List<?> list) {
            return list.stream().map(Fields::asObject).map(read).toList();
        }
        throw new MalformedAct(name + " is not a list");
    }

    public List<String> texts(String name) {
        if (values.get(name) instanceof List<?> list) {
            return list.stream().map(each -> textOf(each, name)).toList();
        }
        throw new MalformedAct(name + " is not a list");
    }

    public List<UUID> uuids(String name) {
        return texts(name).stream().map(text -> uuidOf(text, name)).toList();
    }

    /** A list with one more at its end. */
    static List<String> and(List<String> list, String one) {
        List<String> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    private static String textOf(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedAct(name + " does not hold texts");
    }

    @SuppressWarnings("unchecked") // names of a JSON object are texts
    private static Map<String, Object> asObject(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new MalformedAct("an object is missing");
    }

    private static UUID uuidOf(String text, String name) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equals(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedAct(name + " is not a UUID", e);
        }
        throw new MalformedAct(name + " is not a UUID in its canonical form");
    }
}

package org.yiqi.system.fuzz;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON that a well-behaved library would not: raw numbers of any size, lone surrogates, control characters. */
final class Json {

    private Json() {}

    static String of(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Values.Raw raw) {
            return raw.text();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> text(String.valueOf(e.getKey())) + ":" + of(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Iterable<?> items) {
            StringBuilder array = new StringBuilder("[");
            items.forEach(item -> array.append(array.length() == 1 ? "" : ",").append(of(item)));
            return array.append(']').toString();
        }
        return value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : text(String.valueOf(value));
    }

    static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20 || Character.isSurrogate((char) c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}

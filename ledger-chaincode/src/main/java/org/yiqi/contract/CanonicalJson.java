package org.yiqi.contract;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8785 documents made of objects, arrays, strings, booleans and null.
 *
 * <p>Numbers do not occur: they travel as decimal strings, so that no two programs can differ about their precision.
 * Reading accepts only the canonical form itself; a duplicate name, white space or an escape that was not needed
 * makes a document differ from its canonical form and is therefore refused without a rule of its own.
 *
 * <p>Written here and not by the RFC's library, which parses what it is given and takes numbers for the most part of its
 * work: every act is written some ten times on its way through a peer. A test compares the two.
 */
public final class CanonicalJson {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int DEEPEST = 16;

    private CanonicalJson() {}

    /** The canonical text of a tree of maps, lists, strings, booleans and nulls. */
    public static String write(Map<String, ?> tree) {
        StringBuilder out = new StringBuilder(1024);
        object(tree, 0, out);
        return out.toString();
    }

    /** The canonical text of a list, for answers that are one. */
    static String write(List<?> list) {
        StringBuilder out = new StringBuilder(1024);
        array(list, 0, out);
        return out.toString();
    }

    /** Reads a canonical document; anything else, however harmless it looks, is {@link MalformedAct}. */
    public static Map<String, Object> read(String text) {
        Map<String, Object> tree;
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            tree = map(reader.readObject(), 0);
        } catch (JsonException | IllegalStateException e) {
            throw new MalformedAct("not a JSON object", e);
        }
        if (!write(tree).equals(text)) {
            throw new MalformedAct("not in canonical form");
        }
        return tree;
    }

    /** Reads canonical UTF-8 bytes. */
    public static Map<String, Object> read(byte[] bytes) {
        return read(text(bytes));
    }

    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedAct("not UTF-8", e);
        }
    }

    private static Map<String, Object> map(JsonObject object, int depth) {
        shallow(depth);
        Map<String, Object> map = new TreeMap<>();
        object.forEach((name, value) -> map.put(name, value(value, depth)));
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object value(JsonValue value, int depth) {
        return switch (value.getValueType()) {
            case OBJECT -> map(value.asJsonObject(), depth + 1);
            case ARRAY -> list(value.asJsonArray(), depth + 1);
            case STRING -> ((JsonString) value).getString();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case NUMBER -> throw new MalformedAct("numbers are written as decimal strings");
        };
    }

    private static List<Object> list(JsonArray array, int depth) {
        shallow(depth);
        List<Object> list = new ArrayList<>();
        array.forEach(value -> list.add(value(value, depth)));
        return Collections.unmodifiableList(list);
    }

    private static void object(Map<?, ?> map, int depth, StringBuilder out) {
        shallow(depth);
        // Names in the order of their UTF-16 code units, which is that of Java's strings.
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        char before = '{';
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(before);
            text(member.getKey(), out);
            out.append(':');
            value(member.getValue(), depth, out);
            before = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void array(List<?> list, int depth, StringBuilder out) {
        shallow(depth);
        char before = '[';
        for (Object each : list) {
            out.append(before);
            value(each, depth, out);
            before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void value(@Nullable Object value, int depth, StringBuilder out) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String text) {
            text(text, out);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth + 1, out);
        } else if (value instanceof List<?> list) {
            array(list, depth + 1, out);
        } else {
            throw new MalformedAct("a " + value.getClass().getSimpleName() + " has no place in an act");
        }
    }

    /** RFC 8785, 3.2.2.2: nothing is escaped that JSON does not force to be. */
    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        // It would silently become a question mark in UTF-8.
                        throw new MalformedAct("text with half a character");
                    }
                }
            }
        }
        out.append('"');
    }

    private static void shallow(int depth) {
        if (depth > DEEPEST) {
            throw new MalformedAct("nested deeper than " + DEEPEST + " levels");
        }
    }
}

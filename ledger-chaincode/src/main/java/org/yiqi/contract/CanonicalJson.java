package org.yiqi.contract;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8785 documents made of objects, arrays, strings, booleans and null.
 *
 * <p>Numbers do not occur: they travel as decimal strings, so that no two programs can differ about their precision.
 * Reading accepts only the canonical form itself; a duplicate name, white space or an escape that was not needed
 * makes a document differ from its canonical form and is therefore refused without a rule of its own.
 */
public final class CanonicalJson {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int DEEPEST = 16;

    private CanonicalJson() {}

    /** The canonical text of a tree of maps, lists, strings, booleans and nulls. */
    public static String write(Map<String, ?> tree) {
        try {
            return new JsonCanonicalizer(object(tree, 0).toString()).getEncodedString();
        } catch (IOException e) {
            throw new MalformedAct("not expressible as canonical JSON", e);
        }
    }

    /** The canonical text of a list, for answers that are one. */
    static String write(List<?> list) {
        try {
            return new JsonCanonicalizer(json(list, 0).toString()).getEncodedString();
        } catch (IOException e) {
            throw new MalformedAct("not expressible as canonical JSON", e);
        }
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

    private static JsonObject object(Map<?, ?> map, int depth) {
        shallow(depth);
        JsonObjectBuilder builder = JSON.createObjectBuilder();
        map.forEach((name, value) -> builder.add(wellFormed(String.valueOf(name)), json(value, depth)));
        return builder.build();
    }

    private static JsonValue json(@Nullable Object value, int depth) {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof String text) {
            return JSON.createValue(wellFormed(text));
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth + 1);
        }
        if (value instanceof List<?> list) {
            shallow(depth + 1);
            JsonArrayBuilder builder = JSON.createArrayBuilder();
            list.forEach(each -> builder.add(json(each, depth + 1)));
            return builder.build();
        }
        throw new MalformedAct("a " + value.getClass().getSimpleName() + " has no place in an act");
    }

    /** Half of a surrogate pair would silently become a question mark in UTF-8. */
    private static String wellFormed(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedAct("text with half a character");
        }
        return text;
    }

    private static void shallow(int depth) {
        if (depth > DEEPEST) {
            throw new MalformedAct("nested deeper than " + DEEPEST + " levels");
        }
    }
}

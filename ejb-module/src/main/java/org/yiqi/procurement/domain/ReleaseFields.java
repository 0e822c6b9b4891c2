package org.yiqi.procurement.domain;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of releases that others wrote: what is missing, and what is of another kind than it should be, is empty. */
public final class ReleaseFields {

    private ReleaseFields() {}

    /** A document that was checked when it came in. */
    public static JsonObject parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    public static JsonObject object(JsonObject from, String name) {
        return from.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    public static List<JsonObject> objects(JsonObject from, String name) {
        return from.get(name) instanceof JsonArray array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    public static String text(JsonObject from, String name) {
        return from.get(name) instanceof JsonString text ? text.getString() : "";
    }

    public static @Nullable BigDecimal number(JsonObject from, String name) {
        return from.get(name) instanceof JsonNumber number ? number.bigDecimalValue() : null;
    }

    public static @Nullable OffsetDateTime date(JsonObject from, String name) {
        try {
            return OffsetDateTime.parse(text(from, name));
        } catch (DateTimeException e) {
            return null;
        }
    }
}

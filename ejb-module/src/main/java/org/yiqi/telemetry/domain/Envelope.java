package org.yiqi.telemetry.domain;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.domain.Unreadable.Reason;

/**
 * One entry of a message: {@code {"seq":1,"at":"2026-03-03T10:14:00Z","values":{"coolingTemperature":6.4}}}; a message is
 * one of these or an array of them. The device is the topic's; an entry that names another one is spoofed.
 */
public record Envelope(@Nullable Long seq, Instant at, Map<String, Double> values) {

    private static final JsonParserFactory PARSERS = Json.createParserFactory(null);
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int MOST_ENTRIES = 10_000;

    /** Reads a whole message; one bad entry refuses all of it, so that a replay is complete. */
    public static List<Envelope> parse(UUID deviceId, byte[] payload) throws Unreadable {
        try (JsonParser json = PARSERS.createParser(new ByteArrayInputStream(payload), StandardCharsets.UTF_8)) {
            List<Envelope> entries = new ArrayList<>(1);
            JsonParser.Event first = json.next();
            if (first == JsonParser.Event.START_OBJECT) {
                entries.add(entry(json, deviceId));
            } else if (first == JsonParser.Event.START_ARRAY) {
                JsonParser.Event event = json.next();
                while (event == JsonParser.Event.START_OBJECT && entries.size() < MOST_ENTRIES) {
                    entries.add(entry(json, deviceId));
                    event = json.next();
                }
                if (event != JsonParser.Event.END_ARRAY) {
                    throw malformed("an array of at most " + MOST_ENTRIES + " objects is expected");
                }
            } else {
                throw malformed("an object or an array is expected");
            }
            if (json.hasNext()) {
                json.next();
            }
            return entries;
        } catch (JsonParsingException e) {
            throw new Unreadable(
                    Reason.MALFORMED, "not JSON at character " + e.getLocation().getStreamOffset(), e);
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new Unreadable(Reason.MALFORMED, "not JSON", e);
        }
    }

    private static Envelope entry(JsonParser json, UUID deviceId) throws Unreadable {
        Long seq = null;
        Instant at = null;
        Map<String, Double> values = null;
        for (JsonParser.Event event = json.next(); event != JsonParser.Event.END_OBJECT; event = json.next()) {
            String name = json.getString();
            JsonParser.Event value = json.next();
            switch (name) {
                case "seq" -> seq = wholeNumber(json, value);
                case "at" -> at = instant(json, value);
                case "values" -> values = values(json, value);
                case "quality" -> text(json, value, name);
                case "deviceId" -> requireSame(deviceId, text(json, value, name));
                default -> throw malformed("unknown field '" + shortened(name) + "'");
            }
        }
        if (at == null || values == null || values.isEmpty()) {
            throw malformed("'at' and at least one of 'values' are required");
        }
        return new Envelope(seq, at, values);
    }

    private static void requireSame(UUID deviceId, String named) throws Unreadable {
        if (!deviceId.toString().equalsIgnoreCase(named)) {
            throw new Unreadable(Reason.SPOOFED, "published by " + deviceId + " in the name of " + shortened(named));
        }
    }

    private static Long wholeNumber(JsonParser json, JsonParser.Event event) throws Unreadable {
        if (event != JsonParser.Event.VALUE_NUMBER
                || !json.isIntegralNumber()
                || json.getString().length() > 18) {
            throw malformed("'seq' is a whole number");
        }
        return json.getLong();
    }

    private static Instant instant(JsonParser json, JsonParser.Event event) throws Unreadable {
        String text = text(json, event, "at");
        try {
            // The database keeps microseconds; two readings that differ by less are the same one.
            return (text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text).toInstant())
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new Unreadable(Reason.MALFORMED, "'at' is not a time with zone (RFC 3339)", e);
        }
    }

    private static Map<String, Double> values(JsonParser json, JsonParser.Event event) throws Unreadable {
        if (event != JsonParser.Event.START_OBJECT) {
            throw malformed("'values' is an object of numbers");
        }
        Map<String, Double> values = new HashMap<>();
        for (JsonParser.Event e = json.next(); e != JsonParser.Event.END_OBJECT; e = json.next()) {
            String metric = json.getString();
            if (json.next() != JsonParser.Event.VALUE_NUMBER || json.getString().length() > 40) {
                throw malformed("'" + shortened(metric) + "' is not a number");
            }
            double value = Double.parseDouble(json.getString());
            if (!Double.isFinite(value)) {
                throw malformed("'" + shortened(metric) + "' is out of range");
            }
            values.put(metric, value);
        }
        return values;
    }

    private static String text(JsonParser json, JsonParser.Event event, String name) throws Unreadable {
        if (event != JsonParser.Event.VALUE_STRING) {
            throw malformed("'" + name + "' is a text");
        }
        return json.getString();
    }

    private static Unreadable malformed(String detail) {
        return new Unreadable(Reason.MALFORMED, detail);
    }

    private static String shortened(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 60 ? clean : clean.substring(0, 60) + "...";
    }

    /** The readings of this entry, once its metrics are known and its time is plausible. */
    public List<Reading> readings(UUID deviceId, Map<String, Short> metrics, Instant now, Instant keptSince)
            throws Unreadable {
        if (at.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw new Unreadable(
                    Reason.IN_THE_FUTURE, "dated " + at + ", received " + now.truncatedTo(ChronoUnit.SECONDS));
        }
        if (at.isBefore(keptSince)) {
            throw new Unreadable(Reason.TOO_OLD, "dated " + at + ", kept since " + keptSince);
        }
        List<Reading> readings = new ArrayList<>(values.size());
        for (Map.Entry<String, Double> value : values.entrySet()) {
            Short metric = metrics.get(value.getKey());
            if (metric == null) {
                throw new Unreadable(
                        Reason.UNKNOWN_METRIC, "metric '" + shortened(value.getKey()) + "' is not defined");
            }
            readings.add(new Reading(deviceId, metric, at, value.getValue()));
        }
        return readings;
    }
}

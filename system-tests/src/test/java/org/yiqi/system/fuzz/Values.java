package org.yiqi.system.fuzz;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Values that fit a schema, and values that a careless or hostile program sends instead. */
final class Values {

    static final List<String> NASTY = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "𠮷野家 𠀋",
            "\u202Egnp.exe",
            "\uD800",
            "e\u0301\u200B\uFEFF",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "%2e%2e%2f",
            "'; drop table organisation.organisation; --",
            "1' or '1'='1",
            "%' and 1=cast((select version()) as int) --",
            "${7*7}#{7*7}",
            "#{request.getClass().forName('java.lang.Runtime')}",
            "${jndi:ldap://127.0.0.1:9/a}",
            "<script>alert(1)</script>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "=cmd|' /C calc'!A0",
            "\r\nSet-Cookie: a=b",
            "x".repeat(70_000),
            "漢".repeat(3_000),
            "2026-02-29",
            "2026-11-22T24:00:00Z",
            "2026-11-22T23:59:60Z",
            "9999999999-01-01T00:00:00Z",
            "-000001-01-01T00:00:00Z",
            "NaN",
            "1e400",
            "00000000-0000-0000-0000-000000000000",
            "{\"a\":1}");

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "-0.0",
            "1e18",
            "1000000000000000000",
            "9223372036854775808",
            "-9223372036854775809",
            "1e-20",
            "1.005",
            "1e308",
            "12345678901234567890123456789012345678901234567890",
            "0.1",
            "2147483648");

    /** Raw JSON text, written into the body as it stands. */
    record Raw(String text) {}

    private static final int DEEPEST = 5;

    private final Map<String, Object> schemas;
    private final Map<String, List<String>> known;
    private final Random random;

    /** {@code known} holds ids that were seen in answers, by the name of what they identify. */
    Values(Map<String, Object> schemas, Map<String, List<String>> known, Random random) {
        this.schemas = schemas;
        this.known = known;
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Object good(String name, Map<String, Object> schema) {
        return good(name, schema, 0);
    }

    private Object good(String name, Map<String, Object> schema, int depth) {
        Map<String, Object> s = resolved(schema);
        List<?> choices = Operation.list(s.get("enum"));
        if (!choices.isEmpty()) {
            return one(choices);
        }
        return switch (String.valueOf(s.get("type"))) {
            case "boolean" -> random.nextBoolean();
            case "integer" -> random.nextInt(100);
            case "number" -> BigDecimal.valueOf(random.nextInt(100_000), 2);
            case "array" -> depth > DEEPEST ? List.of() : List.of(good(name, Operation.map(s.get("items")), depth + 1));
            case "string" -> string(name, String.valueOf(s.get("format")));
            default -> object(s, depth);
        };
    }

    Map<String, Object> resolved(Map<String, Object> schema) {
        Object reference = schema.get("$ref");
        if (reference == null) {
            List<?> all = Operation.list(schema.get("allOf"));
            return all.isEmpty() ? schema : resolved(Operation.map(all.get(0)));
        }
        String target = String.valueOf(reference);
        return resolved(Operation.map(schemas.get(target.substring(target.lastIndexOf('/') + 1))));
    }

    private Map<String, Object> object(Map<String, Object> schema, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (depth <= DEEPEST) {
            Operation.map(schema.get("properties"))
                    .forEach((name, property) -> object.put(name, good(name, Operation.map(property), depth + 1)));
        }
        return object;
    }

    private String string(String name, String format) {
        Instant soon = Instant.parse("2027-01-04T08:00:00Z").plus(random.nextInt(1000), ChronoUnit.HOURS);
        return switch (format) {
            case "uuid" -> id(name);
            case "date" ->
                LocalDate.of(2027, 1, 1).plusDays(random.nextInt(365)).toString();
            case "date-time" -> soon.toString();
            default ->
                switch (name) {
                    case "from", "start" -> "2027-01-04T08:00:00Z";
                    case "to", "end", "until" ->
                        soon.plus(1000, ChronoUnit.HOURS).toString();
                    case "currency" -> "CNY";
                    case "amount" -> random.nextInt(100_000) + ".00";
                    case "password", "secret" -> "Wrong-password-" + random.nextInt(1000);
                    default -> name.endsWith("Id") || name.equals("id") ? id(name) : "测试 " + name + random.nextInt(100);
                };
        };
    }

    /** An id of the right kind where one was seen; {@code unitId} and {@code units} both mean a unit. */
    String id(String name) {
        String kind = kind(name);
        List<String> seen = known.getOrDefault(kind, List.of());
        if (!seen.isEmpty() && random.nextInt(10) > 0) {
            return one(seen);
        }
        List<String> any = known.values().stream().flatMap(List::stream).toList();
        return any.isEmpty() || random.nextInt(3) == 0
                ? new UUID((random.nextLong() & ~0xF000L) | 0x7000L, (random.nextLong() >>> 2) | Long.MIN_VALUE)
                        .toString()
                : one(any);
    }

    static String kind(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "");
        plain = plain.endsWith("id") ? plain.substring(0, plain.length() - 2) : plain;
        plain = plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain;
        return plain.equals("org") ? "organisation" : plain;
    }

    String nastyText() {
        return one(NASTY);
    }

    /** Something else than what belongs there, of any type. */
    Object bad() {
        return switch (random.nextInt(8)) {
            case 0 -> new Raw("null");
            case 1, 2 -> new Raw(one(NUMBERS));
            case 3 -> random.nextBoolean();
            case 4 -> one(List.of(List.of(), List.of("a"), List.of(List.of(Map.of()))));
            case 5 -> Map.of("a", Map.of("b", "c"));
            default -> nastyText();
        };
    }

    /** The body with one of its values, at any depth, replaced by {@code value}, or left out where that is null. */
    Object withOne(Object body, Object value) {
        if (body instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            Object key = one(new ArrayList<>(map.keySet()));
            Object inner = copy.get(key);
            boolean hasInner = inner instanceof Map<?, ?> m ? !m.isEmpty() : inner instanceof List<?> l && !l.isEmpty();
            boolean deeper = hasInner && random.nextInt(3) > 0;
            if (deeper) {
                copy.put(key, withOne(inner, value));
            } else if (value == null) {
                copy.remove(key);
            } else {
                copy.put(key, value);
            }
            return copy;
        }
        if (body instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            copy.set(0, withOne(list.get(0), value));
            return copy;
        }
        return value == null ? Map.of() : value;
    }
}

package org.yiqi.system.fuzz;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One request to one operation: all of it good but for one thing. */
final class Attempt {

    private static final List<String> BROKEN = List.of(
            "",
            "null",
            "[]",
            "{",
            "{}",
            "\"a\"",
            "123",
            "{\"a\":}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000),
            "\uFEFF{}",
            "<a/>",
            "{'a':1}",
            "{\"a\":\"" + "x".repeat(1_000_000) + "\"}",
            "NaN");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json;charset=utf-16",
            "multipart/form-data",
            "nonsense",
            "*/*",
            "application/x-www-form-urlencoded");
    private static final List<String> LIST_QUERIES = List.of(
            "limit=0",
            "limit=-1",
            "limit=201",
            "limit=99999999999",
            "limit=x",
            "cursor=x",
            "cursor=",
            "sort=no.such",
            "sort=-",
            "sort=,",
            "sort=id;drop",
            "nosuchfilter=1",
            "limit=1&limit=2",
            "q=",
            "sort=-id,id,-id");

    enum Flaw {
        NONE,
        VALUE,
        MISSING,
        UNKNOWN,
        BROKEN_BODY,
        TYPE,
        PATH,
        QUERY,
        HEADER,
        TOKEN
    }

    private final Operation operation;
    private final Values values;
    private final Random random;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Flaw flaw;
    private String target;
    private String body;

    Attempt(Operation operation, Values values, Random random) {
        this.operation = operation;
        this.values = values;
        this.random = random;
        flaw = values.one(List.of(Flaw.values()));
        if (!operation.hasBody()
                && List.of(Flaw.VALUE, Flaw.MISSING, Flaw.UNKNOWN, Flaw.BROKEN_BODY, Flaw.TYPE)
                        .contains(flaw)) {
            flaw = values.one(List.of(Flaw.QUERY, Flaw.PATH, Flaw.NONE));
        }
        target = path() + query();
        headers();
        body = body();
    }

    private String path() {
        String path = operation.path();
        for (Operation.Parameter parameter : operation.parameters()) {
            if (parameter.place().equals("path")) {
                String before = path.substring(0, path.indexOf("{" + parameter.name()));
                String[] parts = before.split("/");
                String kind = parts[parts.length - 1];
                String name = parameter.name().equals("id") ? kind : parameter.name();
                boolean isText = !"uuid".equals(parameter.schema().get("format"))
                        && !parameter.name().endsWith("d");
                String good =
                        isText ? String.valueOf(values.good(parameter.name(), parameter.schema())) : values.id(name);
                String value = flaw == Flaw.PATH ? shortened(values.nastyText()) : good;
                path = path.replaceFirst(
                        "\\{" + parameter.name() + "[^}]*\\}",
                        encoded(value.isEmpty() ? "-" : value).replace("$", "\\$"));
            }
        }
        return path;
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (Operation.Parameter parameter : operation.parameters()) {
            if (parameter.place().equals("query") && random.nextInt(3) > 0) {
                String value = flaw == Flaw.QUERY
                        ? shortened(values.nastyText())
                        : String.valueOf(values.good(parameter.name(), parameter.schema()));
                query.append('&').append(parameter.name()).append('=').append(encoded(value));
            }
        }
        if (flaw == Flaw.QUERY) {
            query.append('&')
                    .append(
                            random.nextBoolean()
                                    ? values.one(LIST_QUERIES)
                                    : "q=" + encoded(shortened(values.nastyText())));
        }
        return query.isEmpty() ? "" : "?" + query.substring(1);
    }

    private void headers() {
        if (operation.hasBody()) {
            headers.put("Content-Type", flaw == Flaw.TYPE ? values.one(TYPES) : operation.contentType());
        }
        if (operation.method().equals("PATCH") || random.nextInt(10) == 0) {
            headers.put("If-Match", "\"" + random.nextInt(3) + "\"");
        }
        if (flaw == Flaw.HEADER) {
            headers.put(
                    values.one(List.of("If-Match", "Idempotency-Key", "Accept", "Accept-Language", "If-None-Match")),
                    values.one(List.of(
                            "", "x", "\"", "\"99999999999999999999\"", "y".repeat(4_000), "';--", "*", "a/b;q=x")));
        }
        if (flaw == Flaw.TOKEN) {
            headers.put(
                    "Authorization",
                    values.one(List.of("Bearer x", "Bearer", "Basic YTpi", "Bearer " + "z".repeat(5_000), "")));
        }
    }

    private String body() {
        if (!operation.hasBody()) {
            return null;
        }
        if (flaw == Flaw.BROKEN_BODY) {
            return values.one(BROKEN);
        }
        if (!operation.isJson()) {
            return values.one(List.of("", "a,b\n=1+1,2", "<gudid>", "PK\u0003\u0004", "a,\"b\nc"));
        }
        Object good = values.good("body", operation.body());
        return Json.of(
                switch (flaw) {
                    case VALUE -> values.withOne(good, values.bad());
                    case MISSING -> values.withOne(good, null);
                    case UNKNOWN -> {
                        Map<Object, Object> more = new LinkedHashMap<>(Operation.map(good));
                        more.put("noSuchField", values.bad());
                        yield more;
                    }
                    default -> good;
                });
    }

    /** What fits into an address. */
    private static String shortened(String text) {
        return text.length() > 1_500 ? text.substring(0, 1_500) : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    HttpRequest request(String base, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .timeout(Duration.ofSeconds(60))
                .method(
                        operation.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!token.isEmpty() && !headers.containsKey("Authorization")) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        return request.build();
    }

    Operation operation() {
        return operation;
    }

    /** Whether the address no longer leads to this operation: an id with a slash leads elsewhere. */
    boolean mayLeadElsewhere() {
        return flaw == Flaw.PATH;
    }

    @Override
    public String toString() {
        String shown = body == null ? "" : " " + (body.length() > 300 ? body.substring(0, 300) + "..." : body);
        String where = target.length() > 300 ? target.substring(0, 300) + "..." : target;
        return flaw + ": " + operation.method() + " " + where + " " + headers.keySet() + shown;
    }
}

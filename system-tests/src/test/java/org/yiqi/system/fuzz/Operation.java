package org.yiqi.system.fuzz;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One operation as {@code /openapi} describes it, with references resolved where they are used. */
record Operation(
        String method,
        String path,
        List<Parameter> parameters,
        String contentType,
        Map<String, Object> body,
        Set<String> statuses) {

    record Parameter(String name, String place, Map<String, Object> schema) {}

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    boolean hasBody() {
        return !contentType.isEmpty();
    }

    boolean isJson() {
        return contentType.startsWith("application/json");
    }

    String name() {
        return method + " " + path;
    }

    static List<Operation> readAll(String openApi) {
        Map<String, Object> document = JsonPath.from(openApi).getMap("$");
        List<Operation> operations = new ArrayList<>();
        map(document.get("paths")).forEach((path, item) -> map(item).forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                operations.add(read(path, method, map(item), map(operation)));
            }
        }));
        return operations;
    }

    static Map<String, Object> schemas(String openApi) {
        Map<String, Object> schemas = JsonPath.from(openApi).getMap("components.schemas");
        return schemas == null ? Map.of() : schemas;
    }

    private static Operation read(String path, String method, Map<String, Object> item, Map<String, Object> operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (Map<String, Object> owner : List.of(item, operation)) {
            for (Object parameter : list(owner.get("parameters"))) {
                Map<String, Object> p = map(parameter);
                parameters.add(new Parameter(
                        String.valueOf(p.get("name")), String.valueOf(p.get("in")), map(p.get("schema"))));
            }
        }
        Map<String, Object> contents = map(map(operation.get("requestBody")).get("content"));
        String type = contents.containsKey("application/json")
                ? "application/json"
                : contents.keySet().stream().findFirst().orElse("");
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                type.equals("*/*") ? "application/json" : type,
                map(map(contents.get(type)).get("schema")),
                map(operation.get("responses")).keySet());
    }

    @SuppressWarnings("unchecked") // JSON objects have strings as keys.
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}

package org.yiqi.web.equipment;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;

/**
 * What the list of units is filtered by, as the address says it.
 *
 * @param whose OWNED by the caller's organisation, HELD by it, or LENT: owned and held by another
 */
record UnitFilter(
        @Nullable String q,
        @Nullable String status,
        @Nullable String category,
        @Nullable String condition,
        @Nullable String department,
        @Nullable String model,
        @Nullable String whose)
        implements Serializable {

    ListQuery query(UUID org, int first, int size, List<String> sort) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        put(filters, "status", status);
        put(filters, "category", category);
        put(filters, "condition", condition);
        put(filters, "department", department);
        put(filters, "model", model);
        String scope = whose == null ? "" : whose;
        switch (scope) {
            case "OWNED" -> put(filters, "owner", org.toString());
            case "HELD" -> put(filters, "custodian", org.toString());
            case "LENT" -> put(filters, "lentBy", org.toString());
            default -> {}
        }
        return new ListQuery(size, first, null, sort, q, filters);
    }

    /** The same filter as the query of an address. */
    String address() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("q", text(q));
        given.put("status", text(status));
        given.put("category", text(category));
        given.put("condition", text(condition));
        given.put("department", text(department));
        given.put("model", text(model));
        given.put("whose", text(whose));
        StringBuilder query = new StringBuilder();
        given.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }

    private static void put(Map<String, List<String>> filters, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            filters.put(name, List.of(value.strip()));
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}

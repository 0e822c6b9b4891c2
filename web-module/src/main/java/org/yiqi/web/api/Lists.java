package org.yiqi.web.api;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;

/** Reads a list's question from the URL: limit, cursor, sort, q, and one parameter per filter. */
public final class Lists {

    private static final Set<String> RESERVED = Set.of("limit", "cursor", "sort", "q");

    private Lists() {}

    public static ListQuery query(UriInfo uri) {
        MultivaluedMap<String, String> given = uri.getQueryParameters();
        Map<String, List<String>> filters = new HashMap<>();
        given.forEach((name, values) -> {
            if (!RESERVED.contains(name)) {
                filters.put(
                        name,
                        values.stream()
                                .flatMap(v -> Arrays.stream(v.split(",", -1)))
                                .toList());
            }
        });
        String sort = given.getFirst("sort");
        return new ListQuery(
                limit(given.getFirst("limit")),
                0,
                given.getFirst("cursor"),
                sort == null || sort.isBlank() ? List.of() : List.of(sort.split(",", -1)),
                given.getFirst("q"),
                filters);
    }

    private static int limit(@Nullable String text) {
        try {
            return text == null ? 50 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RuleViolation("shared.bad-limit", "limit is a number", e).at("/limit", "1 to 200");
        }
    }
}

package org.yiqi.shared.list;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/**
 * What a caller asks of a list. Programs page by {@code cursor}, pages of the browser by {@code offset}.
 *
 * @param limit 1 to 200
 * @param sort names of sortable columns, a leading minus for descending
 * @param filters the values per filter; several values of one filter mean any of them
 */
public record ListQuery(
        int limit,
        int offset,
        @Nullable String cursor,
        List<String> sort,
        @Nullable String q,
        Map<String, List<String>> filters) {

    public static final int MAX_LIMIT = 200;

    public ListQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RuleViolation("shared.bad-limit", "limit is 1 to " + MAX_LIMIT).at("/limit", "1 to " + MAX_LIMIT);
        }
        if (offset < 0) {
            throw new RuleViolation("shared.bad-offset", "offset is 0 or more").at("/offset", "0 or more");
        }
        sort = List.copyOf(sort);
        filters = Map.copyOf(filters);
    }

    /** Everything, first page of 50. */
    public static ListQuery all() {
        return new ListQuery(50, 0, null, List.of(), null, Map.of());
    }

    public ListQuery where(String filter, String value) {
        Map<String, List<String>> more = new java.util.HashMap<>(filters);
        more.put(filter, List.of(value));
        return new ListQuery(limit, offset, cursor, sort, q, more);
    }
}

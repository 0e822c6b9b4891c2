package org.yiqi.shared.list;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/**
 * One list of the product: which table, which columns sort, which filters exist, what the search looks at. Only names
 * declared here reach SQL; every value is a parameter. Immutable; make one per list and keep it in a constant.
 *
 * <p>A cursor holds the sort values of the last row and its id, so a page after it is found by index and rows that come or
 * go in between neither repeat nor hide others.
 */
public final class Listing<T> {

    /** An alias has one or two letters; longer words before a dot are schemas. */
    private static final Pattern ALIAS = Pattern.compile("\\b([a-z]{1,2})\\.");

    private final String select;
    private final String from;
    private final String idColumn;
    private final RowMapper<T> mapper;
    private final Map<String, Column> sortable = new LinkedHashMap<>();
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private @Nullable String search;
    private String defaultSort = "";
    private @Nullable String countFrom;

    private Listing(String select, String from, String idColumn, RowMapper<T> mapper) {
        this.select = select;
        this.from = from;
        this.idColumn = idColumn;
        this.mapper = mapper;
    }

    /**
     * @param select the selected columns, without the word
     * @param from tables and joins, without the word
     * @param idColumn a unique uuid column that breaks ties
     */
    public static <T> Listing<T> of(String select, String from, String idColumn, RowMapper<T> mapper) {
        return new Listing<>(select, from, idColumn, mapper);
    }

    /** A column that sorts. The expression must never be null (use coalesce). {@code type} is its PostgreSQL type. */
    public Listing<T> sort(String name, String expression, String type) {
        sortable.put(name, new Column(expression, type));
        if (defaultSort.isEmpty()) {
            defaultSort = name;
        }
        return this;
    }

    public Listing<T> defaultSort(String sort) {
        defaultSort = sort;
        return this;
    }

    /** A filter {@code expression = any(values)}; {@code type} is the PostgreSQL type of the expression. */
    public Listing<T> filter(String name, String expression, String type) {
        return filterWhere(name, expression + " = any(cast(? as " + type + "[]))", type);
    }

    /** A filter with SQL of its own; it holds exactly one {@code ?}, a {@code text[]} of the given values, cast as it needs. */
    public Listing<T> filterWhere(String name, String predicate, String type) {
        filters.put(name, new Filter(predicate, type));
        return this;
    }

    /** What {@code q} looks at: SQL in which each {@code ?} is the text as the person typed it. */
    public Listing<T> search(String predicate) {
        search = predicate;
        return this;
    }

    /**
     * The tables that decide how many rows there are; the others only add columns to a row. A list is then counted without
     * the joins, as long as nothing is filtered or searched in them.
     */
    public Listing<T> countFrom(String tables) {
        countFrom = tables;
        return this;
    }

    public Page<T> page(Connection c, ListQuery query) throws SQLException {
        List<Sort> order = order(query);
        Where where = where(query);
        long total = count(c, where);
        if (query.cursor() != null) {
            where.after(order, decode(query.cursor(), order.size() + 1));
        }
        List<T> items = new ArrayList<>();
        String next = null;
        String sql = sql(order, where) + " limit " + (query.limit() + 1) + " offset " + query.offset();
        try (PreparedStatement s = c.prepareStatement(sql)) {
            where.bind(c, s);
            try (ResultSet rs = s.executeQuery()) {
                String[] last = new String[order.size() + 1];
                while (rs.next()) {
                    if (items.size() == query.limit()) {
                        next = encode(last);
                        break;
                    }
                    items.add(mapper.map(rs));
                    for (int i = 0; i < order.size(); i++) {
                        last[i] = rs.getString("sort_" + i);
                    }
                    last[order.size()] = rs.getString("sort_id");
                }
            }
        }
        return new Page<>(items, next, total);
    }

    public long count(Connection c, ListQuery query) throws SQLException {
        return count(c, where(query));
    }

    /**
     * How many rows match by each value of an expression, if the named filter were not set: what a facet shows. The most
     * frequent value first, at most fifty.
     */
    public Map<String, Long> counts(Connection c, ListQuery query, String facet, String expression)
            throws SQLException {
        Map<String, List<String>> others = new LinkedHashMap<>(query.filters());
        others.remove(facet);
        Where where = where(new ListQuery(query.limit(), 0, null, List.of(), query.q(), others));
        String sql = "select " + expression + ", count(*) from " + from + where.sql()
                + " group by 1 order by 2 desc, 1 limit 50";
        Map<String, Long> counts = new LinkedHashMap<>();
        try (PreparedStatement s = c.prepareStatement(sql)) {
            where.bind(c, s);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    counts.put(rs.getString(1), rs.getLong(2));
                }
            }
        }
        return counts;
    }

    /** Streams everything that matches, in order, without holding it: for exports. Needs a transaction (cursor fetch). */
    public void forEach(Connection c, ListQuery query, Consumer<T> consumer) throws SQLException {
        Where where = where(query);
        try (PreparedStatement s = c.prepareStatement(sql(order(query), where))) {
            s.setFetchSize(1000);
            where.bind(c, s);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    consumer.accept(mapper.map(rs));
                }
            }
        }
    }

    private long count(Connection c, Where where) throws SQLException {
        String tables = countFrom != null && where.isWithin(countFrom) ? countFrom : from;
        try (PreparedStatement s = c.prepareStatement("select count(*) from " + tables + where.sql())) {
            where.bind(c, s);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getLong(1);
            }
        }
    }

    private String sql(List<Sort> order, Where where) {
        StringBuilder columns = new StringBuilder(select);
        StringBuilder orderBy = new StringBuilder();
        for (int i = 0; i < order.size(); i++) {
            Sort sort = order.get(i);
            columns.append(", (")
                    .append(sort.column.expression)
                    .append(")::text as sort_")
                    .append(i);
            orderBy.append(sort.column.expression).append(sort.descending ? " desc, " : " asc, ");
        }
        columns.append(", ").append(idColumn).append("::text as sort_id");
        boolean descending = !order.isEmpty() && order.get(order.size() - 1).descending;
        orderBy.append(idColumn).append(descending ? " desc" : " asc");
        return "select " + columns + " from " + from + where.sql() + " order by " + orderBy;
    }

    private List<Sort> order(ListQuery query) {
        List<String> names = query.sort().isEmpty() ? List.of(defaultSort.split(",", -1)) : query.sort();
        List<Sort> order = new ArrayList<>();
        for (String name : names) {
            boolean descending = name.startsWith("-");
            Column column = sortable.get(descending ? name.substring(1) : name);
            if (column == null) {
                throw new RuleViolation("shared.bad-sort", "Sort by one of " + sortable.keySet())
                        .at("/sort", "one of " + sortable.keySet());
            }
            order.add(new Sort(column, descending));
        }
        return order;
    }

    private Where where(ListQuery query) {
        Where where = new Where();
        query.filters().forEach((name, values) -> {
            Filter filter = filters.get(name);
            if (filter == null) {
                throw new RuleViolation("shared.bad-filter", "Filter by one of " + filters.keySet())
                        .at("/" + name, "one of " + filters.keySet());
            }
            values.forEach(v -> SqlValues.check(filter.type, v, name));
            where.add(filter.predicate, values.toArray(String[]::new));
        });
        String q = query.q();
        if (q != null && !q.isBlank()) {
            if (search == null) {
                throw new RuleViolation("shared.bad-filter", "This list has no search").at("/q", "not offered");
            }
            String typed = q.strip().replace("\u0000", "");
            where.add(search, typed);
            for (int i = search.indexOf('?') + 1; search.indexOf('?', i) >= 0; i = search.indexOf('?', i) + 1) {
                where.values.add(typed);
            }
        }
        return where;
    }

    private static String encode(String[] values) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        StringBuilder out = new StringBuilder();
        for (String value : values) {
            out.append(out.isEmpty() ? "" : ".").append(encoder.encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
        return out.toString();
    }

    private static String[] decode(String cursor, int size) {
        String[] parts = cursor.split("\\.", -1);
        try {
            if (parts.length != size) {
                throw new IllegalArgumentException("a cursor of another sort");
            }
            for (int i = 0; i < size; i++) {
                parts[i] = new String(Base64.getUrlDecoder().decode(parts[i]), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new RuleViolation("shared.bad-cursor", "Use the cursor that this list gave", e)
                    .at("/cursor", "as given");
        }
        return parts;
    }

    /** Turns the current row into what callers get. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet rs) throws SQLException;
    }

    private record Column(String expression, String type) {}

    private record Filter(String predicate, String type) {}

    private record Sort(Column column, boolean descending) {}

    private final class Where {

        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        String sql() {
            return sql.toString();
        }

        /** Whether the conditions name columns of these tables only. */
        boolean isWithin(String tables) {
            Set<String> aliases = new HashSet<>(Arrays.asList(tables.split("\\W+", -1)));
            return ALIAS.matcher(sql).results().allMatch(m -> aliases.contains(m.group(1)));
        }

        void add(String predicate, Object value) {
            sql.append(sql.isEmpty() ? " where (" : " and (").append(predicate).append(')');
            values.add(value);
        }

        /** (a, b, id) after the cursor's, each column in its own direction. */
        void after(List<Sort> order, String[] cursor) {
            boolean lastDescending = !order.isEmpty() && order.get(order.size() - 1).descending;
            StringBuilder any = new StringBuilder();
            List<Object> bound = new ArrayList<>();
            for (int i = 0; i <= order.size(); i++) {
                any.append(i == 0 ? "(" : " or (");
                for (int j = 0; j <= i; j++) {
                    boolean id = j == order.size();
                    Column column = id ? new Column(idColumn, "uuid") : order.get(j).column;
                    boolean descending = id ? lastDescending : order.get(j).descending;
                    SqlValues.check(column.type, cursor[j], "cursor");
                    String compare = j < i ? " = " : descending ? " < " : " > ";
                    any.append(j == 0 ? "" : " and ")
                            .append(column.expression)
                            .append(compare)
                            .append("cast(? as ")
                            .append(column.type)
                            .append(')');
                    bound.add(cursor[j]);
                }
                any.append(')');
            }
            sql.append(sql.isEmpty() ? " where (" : " and (").append(any).append(')');
            values.addAll(bound);
        }

        void bind(Connection c, PreparedStatement s) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value instanceof String[] texts) {
                    s.setArray(i + 1, c.createArrayOf("text", texts));
                } else {
                    s.setObject(i + 1, value);
                }
            }
        }
    }
}

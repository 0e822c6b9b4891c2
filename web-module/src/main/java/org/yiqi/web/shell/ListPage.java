package org.yiqi.web.shell;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.TableExport;

/**
 * A list whose filter, order and page are in its address, so that it can be sent to a colleague and gone back to. The same address
 * with {@code export=xlsx} answers all that is filtered as a spreadsheet.
 */
public abstract class ListPage<T> {

    protected static final int ROWS = 25;
    private static final int LAST_PAGE = 400;

    @Inject
    protected Texts texts;

    @Inject
    protected Language language;

    private @Nullable String q;
    private @Nullable String sort;
    private int page = 1;
    private @Nullable Page<T> found;

    /** The filters that are set, by the names of the service's list. */
    protected abstract Map<String, @Nullable String> filters();

    protected abstract Page<T> find(ListQuery query);

    /** What the spreadsheet says of each row, in its order. */
    protected abstract List<Column<T>> columns();

    /** Gives every row that matches to the consumer; lists that their service can stream do so here. */
    protected void each(ListQuery query, Consumer<T> consumer) {
        String cursor = null;
        do {
            ListQuery part = new ListQuery(ListQuery.MAX_LIMIT, 0, cursor, query.sort(), query.q(), query.filters());
            Page<T> page = find(part);
            page.items().forEach(consumer);
            cursor = page.next();
        } while (cursor != null);
    }

    /** What else belongs to the address though it filters nothing, such as how the list is shown. */
    protected Map<String, String> manner() {
        return Map.of();
    }

    /** A column of the spreadsheet: the key of its title and its cell. */
    public record Column<T>(String key, Function<T, @Nullable Object> cell) {}

    protected static <T> Column<T> column(String key, Function<T, @Nullable Object> cell) {
        return new Column<>(key, cell);
    }

    public List<T> getItems() {
        return found().items();
    }

    public long getTotal() {
        return found().total();
    }

    public long getPages() {
        return Math.max(1, Math.min(LAST_PAGE, (getTotal() + ROWS - 1) / ROWS));
    }

    public boolean isFiltered() {
        return q != null || !set().isEmpty();
    }

    /** The address of another page of the same list. */
    public String toPage(long number) {
        return link(sort, number);
    }

    /** The number of the first row that is shown, counted from 1. */
    public long getFirst() {
        return getItems().isEmpty() ? 0 : (getPage() - 1L) * ROWS + 1;
    }

    public long getLast() {
        return (getPage() - 1L) * ROWS + getItems().size();
    }

    /** The address of what is filtered as a spreadsheet. */
    public String getSheet() {
        String here = link(sort, 1);
        return here + (here.length() > 1 ? "&" : "") + "export=xlsx";
    }

    /** The address of the same list in the order of a column; a second time backwards. */
    public String sortedBy(String column) {
        return link(column.equals(sort) ? "-" + column : column, 1);
    }

    public String orderOf(String column) {
        return column.equals(sort) ? "ascending" : ("-" + column).equals(sort) ? "descending" : "none";
    }

    protected ListQuery query() {
        Map<String, List<String>> filters = new HashMap<>();
        set().forEach((name, value) -> filters.put(name, List.of(value)));
        List<String> order = sort == null ? List.of() : List.of(sort);
        return new ListQuery(ROWS, (getPage() - 1) * ROWS, null, order, q, filters);
    }

    /** Answers all that is filtered as a spreadsheet in the reader's language. */
    public void export(String name) throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType(TableExport.XLSX);
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
        List<Column<T>> columns = columns();
        List<String> titles = columns.stream().map(c -> texts.get(c.key())).toList();
        new TableExport(name, titles, sheet -> each(query(), row -> sheet.accept(cells(columns, row))))
                .writeXlsx(external.getResponseOutputStream());
        faces.responseComplete();
    }

    private static <T> List<@Nullable Object> cells(List<Column<T>> columns, T row) {
        List<@Nullable Object> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(column.cell().apply(row)));
        return cells;
    }

    private Page<T> found() {
        Page<T> result = found;
        if (result == null) {
            try {
                result = find(query());
            } catch (RuleViolation e) {
                // A hand-made address with a value that is none: nothing matches it.
                result = new Page<>(List.of(), null, 0);
            }
            found = result;
        }
        return result;
    }

    private Map<String, String> set() {
        Map<String, String> set = new LinkedHashMap<>();
        filters().forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                set.put(name, value);
            }
        });
        return set;
    }

    private String link(@Nullable String order, long number) {
        List<String> parts = new ArrayList<>();
        manner().forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        set().forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        if (q != null) {
            parts.add("q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
        }
        if (order != null) {
            parts.add("sort=" + URLEncoder.encode(order, StandardCharsets.UTF_8));
        }
        if (number > 1) {
            parts.add("page=" + number);
        }
        return "?" + String.join("&", parts);
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q == null || q.isBlank() ? null : q.strip();
    }

    public @Nullable String getSort() {
        return sort;
    }

    public void setSort(@Nullable String sort) {
        this.sort = sort == null || sort.isBlank() ? null : sort;
    }

    public int getPage() {
        return Math.max(1, Math.min(page, LAST_PAGE));
    }

    public void setPage(int page) {
        this.page = page;
    }
}

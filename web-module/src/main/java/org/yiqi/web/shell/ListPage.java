package org.yiqi.web.shell;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Spreadsheet;

/** A list whose filter, order and page are in its address, so that it can be sent to a colleague and gone back to. */
public abstract class ListPage<T> {

    private static final int ROWS = 25;

    private @Nullable String q;
    private @Nullable String sort;
    private int page = 1;
    private @Nullable Page<T> found;

    /** The filters that are set, by the names of the service's list. */
    protected abstract Map<String, @Nullable String> filters();

    protected abstract Page<T> find(ListQuery query);

    public List<T> getItems() {
        return found().items();
    }

    public long getTotal() {
        return found().total();
    }

    public long getPages() {
        return Math.max(1, (getTotal() + ROWS - 1) / ROWS);
    }

    public boolean isFiltered() {
        return q != null || !set().isEmpty();
    }

    /** The address of another page of the same list. */
    public String toPage(long number) {
        return link(sort, number);
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
        return new ListQuery(ROWS, (Math.max(1, Math.min(page, 400)) - 1) * ROWS, null, order, q, filters);
    }

    protected static void download(String name, List<String> header, Consumer<Spreadsheet> rows) throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType("text/csv;charset=UTF-8");
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        Spreadsheet.write(external.getResponseOutputStream(), header, rows);
        faces.responseComplete();
    }

    private Page<T> found() {
        Page<T> result = found;
        if (result == null) {
            result = find(query());
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
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}

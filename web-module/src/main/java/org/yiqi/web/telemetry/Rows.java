package org.yiqi.web.telemetry;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;

/** The part of a list that a table shows, and nothing more. */
final class Rows<T> extends LazyDataModel<T> {

    private final transient Function<ListQuery, Page<T>> list;
    private final transient Function<T, String> key;
    private final transient Filter filter;

    /** Adds the page's filters. */
    @FunctionalInterface
    interface Filter {
        ListQuery apply(ListQuery query);
    }

    Rows(Function<ListQuery, Page<T>> list, Filter filter, Function<T, String> key) {
        this.list = list;
        this.filter = filter;
        this.key = key;
    }

    @Override
    public int count(Map<String, FilterMeta> filterBy) {
        return (int) list.apply(query(0, 1, List.of())).total();
    }

    @Override
    public List<T> load(int first, int size, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
        List<String> sort = sortBy.values().stream()
                .filter(meta -> meta.getOrder() != SortOrder.UNSORTED)
                .map(meta -> (meta.getOrder() == SortOrder.DESCENDING ? "-" : "") + meta.getField())
                .toList();
        return list.apply(query(first, size, sort)).items();
    }

    @Override
    public String getRowKey(T row) {
        return key.apply(row);
    }

    @Override
    public @Nullable T getRowData(String rowKey) {
        return list.apply(ListQuery.all().where("id", rowKey)).items().stream()
                .findFirst()
                .orElse(null);
    }

    private ListQuery query(int first, int size, List<String> sort) {
        return filter.apply(new ListQuery(size, first, null, sort, null, Map.of()));
    }
}

package org.yiqi.web.equipment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.shared.list.ListQuery;

/** The catalogue; its filters are in the address. */
@Named
@ViewScoped
public class ModelListView implements Serializable {

    @Inject
    Models models;

    private @Nullable String q;
    private @Nullable String category;
    private @Nullable String deviceClass;
    private final LazyDataModel<ModelView> rows = new Rows();

    public LazyDataModel<ModelView> getRows() {
        return rows;
    }

    public boolean isFiltered() {
        return !filters().isEmpty() || (q != null && !q.isBlank());
    }

    private Map<String, List<String>> filters() {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        if (category != null && !category.isBlank()) {
            filters.put("category", List.of(category));
        }
        if (deviceClass != null && !deviceClass.isBlank()) {
            filters.put("deviceClass", List.of(deviceClass));
        }
        return filters;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getDeviceClass() {
        return deviceClass;
    }

    public void setDeviceClass(@Nullable String deviceClass) {
        this.deviceClass = deviceClass;
    }

    /** Reads the page of the list that is shown, and nothing more. */
    private final class Rows extends LazyDataModel<ModelView> {

        @Override
        public int count(Map<String, FilterMeta> filterBy) {
            return (int) models.list(query(0, 1, List.of())).total();
        }

        @Override
        public List<ModelView> load(
                int first, int pageSize, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
            List<String> sort = sortBy.values().stream()
                    .filter(meta -> meta.getOrder() != SortOrder.UNSORTED)
                    .map(meta -> (meta.getOrder() == SortOrder.DESCENDING ? "-" : "") + meta.getField())
                    .toList();
            return models.list(query(first, pageSize, sort)).items();
        }

        @Override
        public String getRowKey(ModelView row) {
            return row.id().toString();
        }

        private ListQuery query(int first, int size, List<String> sort) {
            return new ListQuery(size, first, null, sort, q, filters());
        }
    }
}

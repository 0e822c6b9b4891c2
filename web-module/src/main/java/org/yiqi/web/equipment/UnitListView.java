package org.yiqi.web.equipment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Caller;

/** The list of units; its filters are in the address. */
@Named
@ViewScoped
public class UnitListView implements Serializable {

    @Inject
    Units units;

    @Inject
    Caller caller;

    private @Nullable String q;
    private @Nullable String status;
    private @Nullable String category;
    private @Nullable String condition;
    private @Nullable String department;
    private @Nullable String model;
    private @Nullable String whose;
    private final LazyDataModel<UnitRow> rows = new Rows();

    public LazyDataModel<UnitRow> getRows() {
        return rows;
    }

    public boolean isFiltered() {
        return !filter().address().isEmpty();
    }

    /** Where the export of what is filtered is, by the file's name. */
    public String download(String file) {
        return "/equipment/download/" + file + "?" + filter().address();
    }

    private UnitFilter filter() {
        return new UnitFilter(q, status, category, condition, department, model, whose);
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }

    public @Nullable String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = status;
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getCondition() {
        return condition;
    }

    public void setCondition(@Nullable String condition) {
        this.condition = condition;
    }

    public @Nullable String getDepartment() {
        return department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department;
    }

    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
    }

    public @Nullable String getWhose() {
        return whose;
    }

    public void setWhose(@Nullable String whose) {
        this.whose = whose;
    }

    /** Reads the page of the list that is shown, and nothing more. */
    private final class Rows extends LazyDataModel<UnitRow> {

        @Override
        public int count(Map<String, FilterMeta> filterBy) {
            return (int) units.list(query(0, 1, List.of())).total();
        }

        @Override
        public List<UnitRow> load(
                int first, int pageSize, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
            List<String> sort = sortBy.values().stream()
                    .filter(meta -> meta.getOrder() != SortOrder.UNSORTED)
                    .map(meta -> (meta.getOrder() == SortOrder.DESCENDING ? "-" : "") + meta.getField())
                    .toList();
            return units.list(query(first, pageSize, sort)).items();
        }

        @Override
        public String getRowKey(UnitRow row) {
            return row.id().toString();
        }

        @Override
        public @Nullable UnitRow getRowData(String rowKey) {
            List<UnitRow> found = units.list(
                            ListQuery.all().where("id", UUID.fromString(rowKey).toString()))
                    .items();
            return found.isEmpty() ? null : found.get(0);
        }

        private ListQuery query(int first, int size, List<String> sort) {
            return filter().query(caller.orgId(), first, size, sort);
        }
    }
}

package org.yiqi.web.equipment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** The list of units. */
@Named
@RequestScoped
public class UnitListView extends ListPage<UnitRow> {

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    EquipmentTexts words;

    @Inject
    OrganisationNames organisations;

    private @Nullable String status;
    private @Nullable String category;
    private @Nullable String condition;
    private @Nullable String department;
    private @Nullable String model;
    private @Nullable String whose;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("status", status);
        filters.put("category", category);
        filters.put("condition", condition);
        filters.put("department", department);
        filters.put("model", model);
        filters.put("whose", whose);
        return filters;
    }

    @Override
    protected ListQuery query() {
        ListQuery asked = super.query();
        return filter().query(caller.orgId(), asked.offset(), asked.limit(), asked.sort());
    }

    @Override
    protected Page<UnitRow> find(ListQuery query) {
        return units.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<UnitRow> consumer) {
        units.export(query, consumer);
    }

    @Override
    protected List<Column<UnitRow>> columns() {
        return List.of(
                column("equipment.f.assetTag", UnitRow::assetTag),
                column("equipment.f.model", u -> u.modelName(language.getTag())),
                column("equipment.f.manufacturer", UnitRow::manufacturer),
                column("equipment.f.modelNumber", UnitRow::modelNumber),
                column("equipment.f.category", u -> words.text("category", u.category())),
                column("equipment.f.serial", UnitRow::serial),
                column("equipment.f.status", u -> words.text("status", u.status())),
                column("equipment.f.condition", u -> words.text("condition", u.condition())),
                column("equipment.f.owner", u -> organisations.name(u.ownerId())),
                column("equipment.f.custodian", u -> organisations.name(u.custodianId())),
                column("equipment.f.department", UnitRow::department),
                column("equipment.f.site", UnitRow::site),
                column("equipment.f.regionCode", UnitRow::regionCode),
                column("equipment.f.updatedAt", UnitRow::updatedAt));
    }

    /** Where another file of what is filtered is, by its name. */
    public String download(String file) {
        return "/equipment/download/" + file + "?" + filter().address();
    }

    private UnitFilter filter() {
        return new UnitFilter(getQ(), status, category, condition, department, model, whose);
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
}

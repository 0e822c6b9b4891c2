package org.yiqi.web.equipment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The catalogue. */
@Named
@RequestScoped
public class ModelListView extends ListPage<ModelView> {

    @Inject
    Models models;

    @Inject
    EquipmentTexts words;

    private @Nullable String category;
    private @Nullable String deviceClass;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("category", category);
        filters.put("deviceClass", deviceClass);
        return filters;
    }

    @Override
    protected Page<ModelView> find(ListQuery query) {
        return models.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<ModelView> consumer) {
        models.export(query, consumer);
    }

    @Override
    protected List<Column<ModelView>> columns() {
        return List.of(
                column("equipment.f.model", m -> m.name(language.getTag())),
                column("equipment.f.manufacturer", ModelView::manufacturer),
                column("equipment.f.modelNumber", ModelView::modelNumber),
                column("equipment.f.category", m -> words.text("category", m.category())),
                column("equipment.f.deviceClass", ModelView::deviceClass),
                column("equipment.f.deviceIdentifier", ModelView::deviceIdentifier),
                column("equipment.f.registrationNumber", ModelView::registrationNumber),
                column("equipment.f.updatedAt", ModelView::updatedAt));
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
}

package org.yiqi.web.equipment;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ChangeUnit;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.equipment.RegisterUnit;
import org.yiqi.equipment.ScanView;
import org.yiqi.equipment.Scans;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** The form of a unit: registers a new one, or corrects one that is there. */
@Named
@ViewScoped
public class UnitForm implements Serializable {

    private static final int SUGGESTIONS = 12;

    @Inject
    Units units;

    @Inject
    Models models;

    @Inject
    Scans scans;

    @Inject
    Texts texts;

    @Inject
    Language language;

    private @Nullable String id;
    private long version;
    private @Nullable String model;
    private @Nullable String modelName;
    private final UnitFields fields = new UnitFields();

    /** Fills the form with the unit or the model that the address names. */
    public void load() {
        if (id != null) {
            UnitView unit = units.get(uuid(id));
            version = unit.version();
            model = unit.model().id().toString();
            modelName = title(unit.model());
            fields.read(unit);
        } else if (model != null) {
            modelName = title(models.get(uuid(model)));
        }
    }

    /** Takes apart what was scanned and fills in what it says. */
    public void scan() {
        String scanned = fields.getUdi();
        if (scanned == null || scanned.isBlank()) {
            return;
        }
        ScanView read = scans.read(scanned);
        UUID found = read.modelId();
        if (found == null) {
            say(FacesMessage.SEVERITY_WARN, "equipment.register.model-unknown");
        } else {
            model = found.toString();
            modelName = title(models.get(found));
        }
        fields.setSerial(read.serial());
        fields.setLot(read.lot());
        fields.setManufacturedOn(read.manufactured());
        fields.setExpiresOn(read.expires());
    }

    /** Models whose name, maker, number or identifier holds what is typed. */
    public List<String> suggest(String typed) {
        return models.list(new ListQuery(SUGGESTIONS, 0, null, List.of(), typed, Map.of())).items().stream()
                .map(this::title)
                .toList();
    }

    /** The model whose title was chosen. */
    private UUID chosen() {
        String wanted = String.valueOf(modelName);
        if (model != null && wanted.equals(title(models.get(uuid(model))))) {
            return uuid(model);
        }
        String identifier = wanted.replaceAll("^.*\\[|]$", "");
        return models
                .list(new ListQuery(
                        SUGGESTIONS, 0, null, List.of(), identifier.isBlank() ? wanted : identifier, Map.of()))
                .items()
                .stream()
                .filter(m -> title(m).equals(wanted))
                .map(ModelView::id)
                .findFirst()
                .orElseThrow(() -> new NotFound("equipment.model-not-found", "No such model"));
    }

    public String register() {
        UnitView unit = units.register(new RegisterUnit(
                chosen(),
                String.valueOf(fields.getAssetTag()),
                fields.getSerial(),
                fields.getLot(),
                fields.getUdi(),
                fields.getManufacturedOn(),
                fields.getExpiresOn(),
                fields.getDepartment(),
                fields.getRegionCode(),
                fields.getSite(),
                fields.getLatitude(),
                fields.getLongitude(),
                fields.getCondition(),
                fields.getCriticality(),
                fields.getAcquiredOn(),
                cost(),
                fields.getWarrantyUntil(),
                fields.getEndOfSupportOn(),
                null,
                fields.getFirmware(),
                fields.getAccessories(),
                fields.isInService()));
        return "/equipment/unit?faces-redirect=true&id=" + unit.id();
    }

    public String change() {
        UUID unit = uuid(id);
        units.change(
                unit,
                version,
                new ChangeUnit(
                        fields.changed("assetTag", fields.getAssetTag()),
                        fields.changed("serial", fields.getSerial()),
                        fields.changed("lot", fields.getLot()),
                        fields.changedDay("manufacturedOn", fields.getManufacturedOn()),
                        fields.changedDay("expiresOn", fields.getExpiresOn()),
                        fields.changed("department", fields.getDepartment()),
                        fields.changed("regionCode", fields.getRegionCode()),
                        fields.changed("site", fields.getSite()),
                        fields.getLatitude(),
                        fields.getLongitude(),
                        fields.getCondition(),
                        fields.changedCriticality(),
                        fields.changedDay("acquiredOn", fields.getAcquiredOn()),
                        fields.changedCost() ? cost() : null,
                        fields.changedDay("warrantyUntil", fields.getWarrantyUntil()),
                        fields.changedDay("endOfSupportOn", fields.getEndOfSupportOn()),
                        null,
                        fields.changed("firmware", fields.getFirmware()),
                        fields.changed("accessories", fields.getAccessories())));
        return "/equipment/unit?faces-redirect=true&id=" + unit;
    }

    private @Nullable Amount cost() {
        BigDecimal cost = fields.getCost();
        return cost == null ? null : new Amount(cost.toPlainString(), "CNY");
    }

    private String title(ModelView m) {
        String key = m.deviceIdentifier() == null ? m.modelNumber() : m.deviceIdentifier();
        return m.name(language.getTag()) + " · " + m.manufacturer() + " [" + key + "]";
    }

    private static UUID uuid(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.unit-not-found", "No such unit", e);
        }
    }

    private void say(FacesMessage.Severity severity, String key) {
        String text = texts.get(key);
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, text));
    }

    public UnitFields getFields() {
        return fields;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
    }

    public @Nullable String getModelName() {
        return modelName;
    }

    public void setModelName(@Nullable String modelName) {
        this.modelName = modelName;
    }
}

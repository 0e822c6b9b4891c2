package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.RequestRepair;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;

/** A request for repair by somebody who is signed in. */
@Named
@ViewScoped
public class RequestPage implements Serializable {

    @Inject
    Units units;

    @Inject
    WorkOrders orders;

    private String unitId = "";
    private String q = "";
    private Symptom symptom = Symptom.OTHER;
    private String description = "";
    private boolean danger;
    private transient @Nullable Part photo;
    private transient @Nullable UnitView unit;

    /** The unit of the address; null while none is chosen. */
    public @Nullable UnitView getUnit() {
        if (unit == null && !unitId.isEmpty()) {
            try {
                unit = units.get(UUID.fromString(unitId));
            } catch (IllegalArgumentException e) {
                throw new NotFound("equipment.unit-not-found", "No such unit");
            }
        }
        return unit;
    }

    /** Units to choose from, by what was typed. */
    public List<UnitRow> getFound() {
        return q.isBlank()
                ? List.of()
                : units.list(new ListQuery(10, 0, null, List.of("assetTag"), q, java.util.Map.of()))
                        .items();
    }

    public String send() {
        UUID order = orders.request(
                        new RequestRepair(UUID.fromString(unitId), symptom, description, danger, Photos.of(photo)))
                .id();
        return "/maintenance/order?faces-redirect=true&id=" + order;
    }

    public Symptom[] getSymptoms() {
        return Symptom.values();
    }

    public String getUnitId() {
        return unitId;
    }

    public void setUnitId(@Nullable String unitId) {
        this.unitId = unitId == null ? "" : unitId;
    }

    public String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q == null ? "" : q;
    }

    public Symptom getSymptom() {
        return symptom;
    }

    public void setSymptom(Symptom symptom) {
        this.symptom = symptom;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public boolean isDanger() {
        return danger;
    }

    public void setDanger(boolean danger) {
        this.danger = danger;
    }

    public @Nullable Part getPhoto() {
        return photo;
    }

    public void setPhoto(@Nullable Part photo) {
        this.photo = photo;
    }
}

package org.yiqi.web.equipment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;

/** One model of the catalogue, and the form that adds one. */
@Named
@ViewScoped
public class ModelPage implements Serializable {

    @Inject
    Models models;

    @Inject
    Units units;

    private @Nullable String id;
    private @Nullable ModelView model;
    private @Nullable String nameZh;
    private @Nullable String nameEn;
    private @Nullable String manufacturer;
    private @Nullable String modelNumber;
    private @Nullable String issuer;
    private @Nullable String deviceIdentifier;
    private @Nullable String category;
    private @Nullable String deviceClass;
    private @Nullable String registrationNumber;
    private @Nullable String description;
    private @Nullable Integer lifeYears;

    /** @throws NotFound when there is no such model */
    public void load() {
        try {
            model = models.get(UUID.fromString(String.valueOf(id)));
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.model-not-found", "No such model", e);
        }
    }

    public @Nullable ModelView getModel() {
        return model;
    }

    /** How many units of it the person may see. */
    public long getUnits() {
        return units.list(ListQuery.all().where("model", String.valueOf(id))).total();
    }

    public String add() {
        boolean identified = deviceIdentifier != null && !deviceIdentifier.isBlank();
        ModelView added = models.add(new DescribeModel(
                identified ? issuer : null,
                identified && deviceIdentifier != null ? deviceIdentifier.strip() : null,
                nameZh,
                nameEn,
                String.valueOf(manufacturer),
                modelNumber,
                null,
                category,
                deviceClass,
                registrationNumber,
                null,
                description,
                Map.of(),
                lifeYears));
        return "/equipment/model?faces-redirect=true&id=" + added.id();
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getNameZh() {
        return nameZh;
    }

    public void setNameZh(@Nullable String nameZh) {
        this.nameZh = nameZh;
    }

    public @Nullable String getNameEn() {
        return nameEn;
    }

    public void setNameEn(@Nullable String nameEn) {
        this.nameEn = nameEn;
    }

    public @Nullable String getManufacturer() {
        return manufacturer;
    }

    public void setManufacturer(@Nullable String manufacturer) {
        this.manufacturer = manufacturer;
    }

    public @Nullable String getModelNumber() {
        return modelNumber;
    }

    public void setModelNumber(@Nullable String modelNumber) {
        this.modelNumber = modelNumber;
    }

    public @Nullable String getIssuer() {
        return issuer;
    }

    public void setIssuer(@Nullable String issuer) {
        this.issuer = issuer;
    }

    public @Nullable String getDeviceIdentifier() {
        return deviceIdentifier;
    }

    public void setDeviceIdentifier(@Nullable String deviceIdentifier) {
        this.deviceIdentifier = deviceIdentifier;
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

    public @Nullable String getRegistrationNumber() {
        return registrationNumber;
    }

    public void setRegistrationNumber(@Nullable String registrationNumber) {
        this.registrationNumber = registrationNumber;
    }

    public @Nullable String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description;
    }

    public @Nullable Integer getLifeYears() {
        return lifeYears;
    }

    public void setLifeYears(@Nullable Integer lifeYears) {
        this.lifeYears = lifeYears;
    }
}

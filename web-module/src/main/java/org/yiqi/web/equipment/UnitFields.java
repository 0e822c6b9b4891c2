package org.yiqi.web.equipment;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.UnitView;

/** What a person types about a unit, and what stood there before. */
public class UnitFields implements Serializable {

    private final Map<String, @Nullable Object> before = new HashMap<>();
    private @Nullable String assetTag;
    private @Nullable String udi;
    private @Nullable String serial;
    private @Nullable String lot;
    private @Nullable LocalDate manufacturedOn;
    private @Nullable LocalDate expiresOn;
    private @Nullable String department;
    private @Nullable String regionCode;
    private @Nullable String site;
    private @Nullable Double latitude;
    private @Nullable Double longitude;
    private @Nullable LocalDate acquiredOn;
    private @Nullable BigDecimal cost;
    private @Nullable LocalDate warrantyUntil;
    private @Nullable LocalDate endOfSupportOn;
    private @Nullable String firmware;
    private @Nullable String accessories;
    private Condition condition = Condition.GOOD;
    private Criticality criticality = Criticality.MEDIUM;
    private boolean inService = true;

    void read(UnitView unit) {
        assetTag = unit.assetTag();
        udi = unit.udi();
        serial = unit.serial();
        lot = unit.lot();
        manufacturedOn = unit.manufacturedOn();
        expiresOn = unit.expiresOn();
        department = unit.department();
        regionCode = unit.regionCode();
        site = unit.site();
        latitude = unit.latitude();
        longitude = unit.longitude();
        acquiredOn = unit.acquiredOn();
        cost = unit.acquisitionCost() == null
                ? null
                : new BigDecimal(unit.acquisitionCost().amount());
        warrantyUntil = unit.warrantyUntil();
        endOfSupportOn = unit.endOfSupportOn();
        firmware = unit.firmware();
        accessories = unit.accessories();
        condition = unit.condition();
        criticality = unit.criticality();
        before.put("assetTag", assetTag);
        before.put("serial", serial);
        before.put("lot", lot);
        before.put("manufacturedOn", manufacturedOn);
        before.put("expiresOn", expiresOn);
        before.put("department", department);
        before.put("regionCode", regionCode);
        before.put("site", site);
        before.put("latitude", latitude);
        before.put("longitude", longitude);
        before.put("acquiredOn", acquiredOn);
        before.put("cost", cost);
        before.put("warrantyUntil", warrantyUntil);
        before.put("endOfSupportOn", endOfSupportOn);
        before.put("firmware", firmware);
        before.put("accessories", accessories);
        before.put("criticality", criticality);
    }

    /** The value where it differs from what stood there, so that a custodian who may not change it sends nothing. */
    @Nullable
    String changed(String name, @Nullable String now) {
        String text = now == null ? "" : now;
        return text.equals(before.get(name)) ? null : text;
    }

    @Nullable
    LocalDate changedDay(String name, @Nullable LocalDate now) {
        return Objects.equals(now, before.get(name)) ? null : now;
    }

    @Nullable
    Criticality changedCriticality() {
        return criticality == before.get("criticality") ? null : criticality;
    }

    boolean changedCost() {
        BigDecimal now = cost;
        return now != null && !(before.get("cost") instanceof BigDecimal old && old.compareTo(now) == 0);
    }

    public @Nullable String getAssetTag() {
        return assetTag;
    }

    public void setAssetTag(@Nullable String assetTag) {
        this.assetTag = assetTag;
    }

    public @Nullable String getUdi() {
        return udi;
    }

    public void setUdi(@Nullable String udi) {
        this.udi = udi;
    }

    public @Nullable String getSerial() {
        return serial;
    }

    public void setSerial(@Nullable String serial) {
        this.serial = serial;
    }

    public @Nullable String getLot() {
        return lot;
    }

    public void setLot(@Nullable String lot) {
        this.lot = lot;
    }

    public @Nullable LocalDate getManufacturedOn() {
        return manufacturedOn;
    }

    public void setManufacturedOn(@Nullable LocalDate manufacturedOn) {
        this.manufacturedOn = manufacturedOn;
    }

    public @Nullable LocalDate getExpiresOn() {
        return expiresOn;
    }

    public void setExpiresOn(@Nullable LocalDate expiresOn) {
        this.expiresOn = expiresOn;
    }

    public @Nullable String getDepartment() {
        return department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department;
    }

    public @Nullable String getRegionCode() {
        return regionCode;
    }

    public void setRegionCode(@Nullable String regionCode) {
        this.regionCode = regionCode;
    }

    public @Nullable String getSite() {
        return site;
    }

    public void setSite(@Nullable String site) {
        this.site = site;
    }

    public @Nullable Double getLatitude() {
        return latitude;
    }

    public void setLatitude(@Nullable Double latitude) {
        this.latitude = latitude;
    }

    public @Nullable Double getLongitude() {
        return longitude;
    }

    public void setLongitude(@Nullable Double longitude) {
        this.longitude = longitude;
    }

    public @Nullable LocalDate getAcquiredOn() {
        return acquiredOn;
    }

    public void setAcquiredOn(@Nullable LocalDate acquiredOn) {
        this.acquiredOn = acquiredOn;
    }

    public @Nullable BigDecimal getCost() {
        return cost;
    }

    public void setCost(@Nullable BigDecimal cost) {
        this.cost = cost;
    }

    public @Nullable LocalDate getWarrantyUntil() {
        return warrantyUntil;
    }

    public void setWarrantyUntil(@Nullable LocalDate warrantyUntil) {
        this.warrantyUntil = warrantyUntil;
    }

    public @Nullable LocalDate getEndOfSupportOn() {
        return endOfSupportOn;
    }

    public void setEndOfSupportOn(@Nullable LocalDate endOfSupportOn) {
        this.endOfSupportOn = endOfSupportOn;
    }

    public @Nullable String getFirmware() {
        return firmware;
    }

    public void setFirmware(@Nullable String firmware) {
        this.firmware = firmware;
    }

    public @Nullable String getAccessories() {
        return accessories;
    }

    public void setAccessories(@Nullable String accessories) {
        this.accessories = accessories;
    }

    public Condition getCondition() {
        return condition;
    }

    public void setCondition(Condition condition) {
        this.condition = condition;
    }

    public Criticality getCriticality() {
        return criticality;
    }

    public void setCriticality(Criticality criticality) {
        this.criticality = criticality;
    }

    public boolean isInService() {
        return inService;
    }

    public void setInService(boolean inService) {
        this.inService = inService;
    }
}

package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PartView;
import org.yiqi.maintenance.Parts;
import org.yiqi.maintenance.StationView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;

/** What a service organisation notes of its parts and stations: a new part, a count, a new station. */
@Named
@ViewScoped
public class PartsPage implements Serializable {

    private static final int MOST = 200;

    @Inject
    Parts parts;

    private String number = "";
    private String nameZh = "";
    private String nameEn = "";
    private String fits = "";
    private boolean serialised;
    private BigDecimal price = BigDecimal.ZERO;
    private String stationZh = "";
    private String stationEn = "";
    private String regionCode = "";
    private String address = "";
    private String partId = "";
    private String stationId = "";
    private int onHand;
    private int minimum;

    public List<PartView> getList() {
        return parts.list(new ListQuery(MOST, 0, null, List.of("number"), null, Map.of()))
                .items();
    }

    public List<StationView> getStations() {
        return parts.stations(new ListQuery(MOST, 0, null, List.of("nameEn"), null, Map.of()))
                .items();
    }

    public String add() {
        parts.add(new Parts.ListPart(number, nameZh, nameEn, fits, serialised, Amount.of(Money.of(price, "CNY"))));
        return again();
    }

    public String openStation() {
        parts.open(new Parts.OpenStation(stationZh, stationEn, regionCode, address, false));
        return "/maintenance/stations?faces-redirect=true";
    }

    public String count() {
        parts.count(UUID.fromString(partId), UUID.fromString(stationId), onHand, minimum);
        return again();
    }

    private static String again() {
        return "/maintenance/parts?faces-redirect=true";
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(String number) {
        this.number = number;
    }

    public String getNameZh() {
        return nameZh;
    }

    public void setNameZh(String nameZh) {
        this.nameZh = nameZh;
    }

    public String getNameEn() {
        return nameEn;
    }

    public void setNameEn(String nameEn) {
        this.nameEn = nameEn;
    }

    public String getFits() {
        return fits;
    }

    public void setFits(@Nullable String fits) {
        this.fits = fits == null ? "" : fits;
    }

    public boolean isSerialised() {
        return serialised;
    }

    public void setSerialised(boolean serialised) {
        this.serialised = serialised;
    }

    public BigDecimal getPrice() {
        return price;
    }

    public void setPrice(BigDecimal price) {
        this.price = price;
    }

    public String getStationZh() {
        return stationZh;
    }

    public void setStationZh(String stationZh) {
        this.stationZh = stationZh;
    }

    public String getStationEn() {
        return stationEn;
    }

    public void setStationEn(String stationEn) {
        this.stationEn = stationEn;
    }

    public String getRegionCode() {
        return regionCode;
    }

    public void setRegionCode(String regionCode) {
        this.regionCode = regionCode;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(@Nullable String address) {
        this.address = address == null ? "" : address;
    }

    public String getPartId() {
        return partId;
    }

    public void setPartId(String partId) {
        this.partId = partId;
    }

    public String getStationId() {
        return stationId;
    }

    public void setStationId(String stationId) {
        this.stationId = stationId;
    }

    public int getOnHand() {
        return onHand;
    }

    public void setOnHand(int onHand) {
        this.onHand = onHand;
    }

    public int getMinimum() {
        return minimum;
    }

    public void setMinimum(int minimum) {
        this.minimum = minimum;
    }
}

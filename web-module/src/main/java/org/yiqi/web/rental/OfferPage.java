package org.yiqi.web.rental;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.rental.MakeOffer;
import org.yiqi.rental.OfferTerms;
import org.yiqi.rental.OfferView;
import org.yiqi.rental.Offers;
import org.yiqi.rental.PricePackage;
import org.yiqi.rental.TariffTerms;
import org.yiqi.rental.Tariffs;
import org.yiqi.rental.TimeUnit;
import org.yiqi.rental.Transport;
import org.yiqi.rental.UseTier;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/** Offering a unit: one page, filled in so far that price and period are what is left to say. */
@Named
@ViewScoped
public class OfferPage implements Serializable {

    private static final String CNY = "CNY";

    @Inject
    Units units;

    @Inject
    Offers offers;

    @Inject
    Tariffs tariffs;

    @Inject
    Clock clock;

    private @Nullable String unitId;
    private @Nullable String from;
    private @Nullable String to;
    private String opens = "00:00";
    private String closes = "24:00";
    private int bufferBefore = 4;
    private int bufferAfter = 4;
    private int noticeHours = 24;
    private String regions = "";
    private Transport transport = Transport.OWNER;
    private BigDecimal base = BigDecimal.ZERO;
    private @Nullable BigDecimal perDay;
    private @Nullable BigDecimal perWeek;
    private @Nullable BigDecimal perUse;
    private BigDecimal deposit = BigDecimal.ZERO;
    private BigDecimal transportFee = BigDecimal.ZERO;
    private BigDecimal transportPerKm = BigDecimal.ZERO;
    private String note = "";
    private transient @Nullable UnitView unit;

    public void load() {
        getUnit();
        Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1));
        from = from == null ? Pages.local(tomorrow) : from;
        to = to == null ? Pages.local(tomorrow.plus(Duration.ofDays(30))) : to;
    }

    public UnitView getUnit() {
        UnitView shown = unit;
        if (shown == null) {
            shown = units.get(Pages.id(unitId));
            unit = shown;
        }
        return shown;
    }

    /** Keeps the price list and the offer, and lets others find it. */
    public String publish() {
        OfferTerms terms = terms();
        TariffTerms prices = prices();
        UnitView u = getUnit();
        String name = u.model().name("zh") + " " + u.assetTag();
        OfferView offer = offers.make(new MakeOffer(
                u.id(),
                tariffs.add(name.length() > 120 ? name.substring(0, 120) : name, prices)
                        .id(),
                terms));
        offers.publish(offer.id());
        return "/rental/offers?faces-redirect=true";
    }

    private OfferTerms terms() {
        return new OfferTerms(
                List.of(new Period(Pages.time(from, "from"), Pages.time(to, "to"))),
                OfferJson.minute(opens),
                OfferJson.minute(closes),
                bufferBefore,
                bufferAfter,
                noticeHours,
                regions.isBlank() ? List.of() : List.of(regions.strip().split("[\\s,，;]+", -1)),
                transport,
                Money.of(transportFee, CNY),
                Money.of(transportPerKm, CNY),
                note);
    }

    private TariffTerms prices() {
        List<PricePackage> packages = new ArrayList<>();
        if (perDay != null) {
            packages.add(new PricePackage(1, TimeUnit.DAY, Money.of(perDay, CNY)));
        }
        if (perWeek != null) {
            packages.add(new PricePackage(7, TimeUnit.DAY, Money.of(perWeek, CNY)));
        }
        List<UseTier> uses = perUse == null ? List.of() : List.of(new UseTier(1, Money.of(perUse, CNY)));
        return new TariffTerms(CNY, Money.of(base, CNY), packages, uses, Money.of(deposit, CNY));
    }

    public Transport[] getTransports() {
        return Transport.values();
    }

    public @Nullable String getUnitId() {
        return unitId;
    }

    public void setUnitId(@Nullable String unitId) {
        this.unitId = unitId;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    public String getOpens() {
        return opens;
    }

    public void setOpens(@Nullable String opens) {
        this.opens = opens == null ? "" : opens;
    }

    public String getCloses() {
        return closes;
    }

    public void setCloses(@Nullable String closes) {
        this.closes = closes == null ? "" : closes;
    }

    public int getBufferBefore() {
        return bufferBefore;
    }

    public void setBufferBefore(int bufferBefore) {
        this.bufferBefore = bufferBefore;
    }

    public int getBufferAfter() {
        return bufferAfter;
    }

    public void setBufferAfter(int bufferAfter) {
        this.bufferAfter = bufferAfter;
    }

    public int getNoticeHours() {
        return noticeHours;
    }

    public void setNoticeHours(int noticeHours) {
        this.noticeHours = noticeHours;
    }

    public String getRegions() {
        return regions;
    }

    public void setRegions(@Nullable String regions) {
        this.regions = regions == null ? "" : regions;
    }

    public Transport getTransport() {
        return transport;
    }

    public void setTransport(Transport transport) {
        this.transport = transport;
    }

    public BigDecimal getBase() {
        return base;
    }

    public void setBase(@Nullable BigDecimal base) {
        this.base = base == null ? BigDecimal.ZERO : base;
    }

    public @Nullable BigDecimal getPerDay() {
        return perDay;
    }

    public void setPerDay(@Nullable BigDecimal perDay) {
        this.perDay = perDay;
    }

    public @Nullable BigDecimal getPerWeek() {
        return perWeek;
    }

    public void setPerWeek(@Nullable BigDecimal perWeek) {
        this.perWeek = perWeek;
    }

    public @Nullable BigDecimal getPerUse() {
        return perUse;
    }

    public void setPerUse(@Nullable BigDecimal perUse) {
        this.perUse = perUse;
    }

    public BigDecimal getDeposit() {
        return deposit;
    }

    public void setDeposit(@Nullable BigDecimal deposit) {
        this.deposit = deposit == null ? BigDecimal.ZERO : deposit;
    }

    public BigDecimal getTransportFee() {
        return transportFee;
    }

    public void setTransportFee(@Nullable BigDecimal transportFee) {
        this.transportFee = transportFee == null ? BigDecimal.ZERO : transportFee;
    }

    public BigDecimal getTransportPerKm() {
        return transportPerKm;
    }

    public void setTransportPerKm(@Nullable BigDecimal transportPerKm) {
        this.transportPerKm = transportPerKm == null ? BigDecimal.ZERO : transportPerKm;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }
}

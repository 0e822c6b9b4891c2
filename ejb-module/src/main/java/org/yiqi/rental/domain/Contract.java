package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.NotPermitted;

/** What was agreed when the rental was applied for, and stays as it was agreed. Only the end moves, by an extension. */
@Embeddable
@Access(AccessType.FIELD)
public class Contract {

    @Column(name = "offer_id")
    private UUID offerId;

    @Column(name = "tariff_id")
    private UUID tariffId;

    @Column(name = "unit_id")
    private UUID unitId;

    @Column(name = "unit_zh")
    private String unitZh;

    @Column(name = "unit_en")
    private String unitEn;

    @Column(name = "owner_org")
    private UUID ownerOrg;

    @Column(name = "owner_zh")
    private String ownerZh;

    @Column(name = "owner_en")
    private String ownerEn;

    @Column(name = "lessee_org")
    private UUID lesseeOrg;

    @Column(name = "lessee_zh")
    private String lesseeZh;

    @Column(name = "lessee_en")
    private String lesseeEn;

    @Column(name = "from_at")
    private Instant from;

    @Column(name = "to_at")
    private Instant to;

    @Column(name = "reserved_from")
    private Instant reservedFrom;

    @Column(name = "reserved_to")
    private Instant reservedTo;

    private String place;
    private String purpose;

    @Column(name = "planned_uses")
    private int plannedUses;

    @Column(name = "transport_cost")
    private long transportCost;

    private long quoted;
    private String currency;

    protected Contract() {}

    public Contract(Offer offer, Lessee lessee, Period period, Use use, Money transportCost, Money quoted) {
        this.offerId = offer.id();
        this.tariffId = offer.tariffId();
        this.unitId = offer.unit().unitId();
        this.unitZh = offer.unit().nameZh();
        this.unitEn = offer.unit().nameEn();
        this.ownerOrg = offer.unit().ownerOrg();
        this.ownerZh = offer.unit().ownerZh();
        this.ownerEn = offer.unit().ownerEn();
        this.lesseeOrg = lessee.orgId();
        this.lesseeZh = lessee.nameZh();
        this.lesseeEn = lessee.nameEn();
        this.from = period.from();
        this.to = period.to();
        Period reserved = offer.reserved(period);
        this.reservedFrom = reserved.from();
        this.reservedTo = reserved.to();
        this.place = use.place();
        this.purpose = use.purpose();
        this.plannedUses = use.plannedUses();
        this.transportCost = transportCost.minor();
        this.quoted = quoted.minor();
        this.currency = quoted.currency();
    }

    void extendTo(Instant newEnd) {
        reservedTo = reservedTo.plusSeconds(newEnd.getEpochSecond() - to.getEpochSecond());
        to = newEnd;
    }

    void ownerOnly(Actor actor) {
        if (!actor.orgId().equals(ownerOrg)) {
            throw new NotPermitted("rental.owner-only", "Only the owner does this");
        }
    }

    void lesseeOnly(Actor actor) {
        if (!actor.orgId().equals(lesseeOrg)) {
            throw new NotPermitted("rental.lessee-only", "Only the lessee does this");
        }
    }

    void partyOnly(Actor actor) {
        if (!actor.orgId().equals(ownerOrg)) {
            lesseeOnly(actor);
        }
    }

    public UUID offerId() {
        return offerId;
    }

    public UUID tariffId() {
        return tariffId;
    }

    public UUID unitId() {
        return unitId;
    }

    public String unitZh() {
        return unitZh;
    }

    public String unitEn() {
        return unitEn;
    }

    public UUID ownerOrg() {
        return ownerOrg;
    }

    public String ownerZh() {
        return ownerZh;
    }

    public String ownerEn() {
        return ownerEn;
    }

    public UUID lesseeOrg() {
        return lesseeOrg;
    }

    public String lesseeZh() {
        return lesseeZh;
    }

    public String lesseeEn() {
        return lesseeEn;
    }

    public Period period() {
        return new Period(from, to);
    }

    /** The period with the owner's time before and after it: what the calendar holds. */
    public Period reserved() {
        return new Period(reservedFrom, reservedTo);
    }

    public String place() {
        return place;
    }

    public String purpose() {
        return purpose;
    }

    public int plannedUses() {
        return plannedUses;
    }

    public Money transportCost() {
        return Money.ofMinor(transportCost, currency);
    }

    public Money quoted() {
        return Money.ofMinor(quoted, currency);
    }

    /** The organisation that rents. */
    public record Lessee(UUID orgId, String nameZh, String nameEn) {}

    /** Where, what for, and how often the unit is to be used. */
    public record Use(String place, String purpose, int plannedUses) {}
}

package org.yiqi.billing.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.rental.RentalView;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/** What a statement follows from: the rental, its price list's revision, the time that is charged, and the uses. */
@Embeddable
@Access(AccessType.FIELD)
public class Basis {

    @Column(name = "rental_id")
    private UUID rentalId;

    @Column(name = "rental_number")
    private String rentalNumber;

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

    @Column(name = "tariff_id")
    private UUID tariffId;

    @Column(name = "tariff_revision")
    private int tariffRevision;

    @Column(name = "from_at")
    private Instant from;

    @Column(name = "to_at")
    private Instant to;

    private int uses;

    @Column(name = "transport_cost")
    private long transportCost;

    protected Basis() {}

    /** The agreed time is charged, or longer when the unit came back late. */
    public Basis(RentalView rental, int tariffRevision, Instant returnedAt) {
        this.rentalId = rental.id();
        this.rentalNumber = rental.number();
        this.unitZh = rental.unitZh();
        this.unitEn = rental.unitEn();
        this.ownerOrg = rental.parties().ownerOrg();
        this.ownerZh = rental.parties().ownerZh();
        this.ownerEn = rental.parties().ownerEn();
        this.lesseeOrg = rental.parties().lesseeOrg();
        this.lesseeZh = rental.parties().lesseeZh();
        this.lesseeEn = rental.parties().lesseeEn();
        this.tariffId = rental.tariffId();
        this.tariffRevision = tariffRevision;
        this.from = rental.period().from();
        this.to = returnedAt.isAfter(rental.period().to())
                ? returnedAt
                : rental.period().to();
        this.uses = rental.journey().uses();
        this.transportCost = rental.transportCost().minor();
    }

    public UUID rentalId() {
        return rentalId;
    }

    public String rentalNumber() {
        return rentalNumber;
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

    public UUID tariffId() {
        return tariffId;
    }

    public int tariffRevision() {
        return tariffRevision;
    }

    public Period period() {
        return new Period(from, to);
    }

    public int uses() {
        return uses;
    }

    public Money transportCost(String currency) {
        return Money.ofMinor(transportCost, currency);
    }
}

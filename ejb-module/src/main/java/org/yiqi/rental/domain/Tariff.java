package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.rental.PricePackage;
import org.yiqi.rental.TariffTerms;
import org.yiqi.rental.TimeUnit;
import org.yiqi.rental.UseTier;
import org.yiqi.shared.Money;

/** A revision of an owner's price list. It never changes: another price is another revision. */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "tariff")
public class Tariff {

    @Id
    private UUID id;

    @Column(name = "owner_org")
    private UUID ownerOrg;

    private String name;
    private int revision;
    private String currency;
    private long base;
    private long deposit;

    @Column(name = "created_at")
    private Instant createdAt;

    @ElementCollection
    @OrderColumn(name = "position")
    @CollectionTable(schema = "rental", name = "tariff_package", joinColumns = @JoinColumn(name = "tariff_id"))
    private List<PackageRow> packages = new ArrayList<>();

    @ElementCollection
    @OrderColumn(name = "position")
    @CollectionTable(schema = "rental", name = "tariff_tier", joinColumns = @JoinColumn(name = "tariff_id"))
    private List<TierRow> tiers = new ArrayList<>();

    protected Tariff() {}

    public Tariff(UUID id, UUID ownerOrg, String name, int revision, TariffTerms terms, Instant now) {
        this.id = id;
        this.ownerOrg = ownerOrg;
        this.name = name;
        this.revision = revision;
        this.currency = terms.currency();
        this.base = terms.base().minor();
        this.deposit = terms.deposit().minor();
        this.createdAt = now;
        terms.packages().forEach(p -> packages.add(new PackageRow(p)));
        terms.perUse().forEach(t -> tiers.add(new TierRow(t)));
    }

    public TariffTerms terms() {
        return new TariffTerms(
                currency,
                Money.ofMinor(base, currency),
                packages.stream()
                        .map(p -> new PricePackage(p.length, p.unit, Money.ofMinor(p.price, currency)))
                        .toList(),
                tiers.stream()
                        .map(t -> new UseTier(t.firstUse, Money.ofMinor(t.price, currency)))
                        .toList(),
                Money.ofMinor(deposit, currency));
    }

    public UUID id() {
        return id;
    }

    public UUID ownerOrg() {
        return ownerOrg;
    }

    public String name() {
        return name;
    }

    public int revision() {
        return revision;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** How a package is stored. */
    @Embeddable
    @Access(AccessType.FIELD)
    public static class PackageRow {
        private int length;

        @Enumerated(EnumType.STRING)
        private TimeUnit unit;

        private long price;

        protected PackageRow() {}

        PackageRow(PricePackage p) {
            this.length = p.length();
            this.unit = p.unit();
            this.price = p.price().minor();
        }
    }

    /** How a tier is stored. */
    @Embeddable
    @Access(AccessType.FIELD)
    public static class TierRow {
        @Column(name = "first_use")
        private int firstUse;

        private long price;

        protected TierRow() {}

        TierRow(UseTier t) {
            this.firstUse = t.firstUse();
            this.price = t.price().minor();
        }
    }
}

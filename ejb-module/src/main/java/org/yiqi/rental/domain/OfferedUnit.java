package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What others may know of a unit that is on offer; the unit itself stays visible to its owner only. */
@Embeddable
@Access(AccessType.FIELD)
public class OfferedUnit {

    @Column(name = "owner_org")
    private UUID ownerOrg;

    @Column(name = "owner_zh")
    private String ownerZh;

    @Column(name = "owner_en")
    private String ownerEn;

    @Column(name = "unit_id")
    private UUID unitId;

    @Column(name = "unit_zh")
    private String nameZh;

    @Column(name = "unit_en")
    private String nameEn;

    private String category;
    private String capability;

    @Column(name = "region_code")
    private String regionCode;

    private @Nullable Double latitude;
    private @Nullable Double longitude;

    protected OfferedUnit() {}

    public OfferedUnit(UUID unitId, String nameZh, String nameEn, String category, String capability, Owner owner) {
        this.unitId = unitId;
        this.nameZh = nameZh;
        this.nameEn = nameEn;
        this.category = category;
        this.capability = capability;
        this.ownerOrg = owner.orgId();
        this.ownerZh = owner.nameZh();
        this.ownerEn = owner.nameEn();
        this.regionCode = owner.regionCode();
        this.latitude = owner.latitude();
        this.longitude = owner.longitude();
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

    public UUID unitId() {
        return unitId;
    }

    public String nameZh() {
        return nameZh;
    }

    public String nameEn() {
        return nameEn;
    }

    public String category() {
        return category;
    }

    public String capability() {
        return capability;
    }

    public String regionCode() {
        return regionCode;
    }

    public @Nullable Double latitude() {
        return latitude;
    }

    public @Nullable Double longitude() {
        return longitude;
    }

    /** The organisation that lends, and where it is. */
    public record Owner(
            UUID orgId,
            String nameZh,
            String nameEn,
            String regionCode,
            @Nullable Double latitude,
            @Nullable Double longitude) {}
}

package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** The unit as it was when the order was opened: what a technician needs to find it, and who answers for it. */
@Embeddable
@Access(AccessType.FIELD)
public class Device {

    @Column(name = "unit_id", updatable = false)
    private UUID unitId;

    @Column(name = "model_name", updatable = false)
    private String modelName;

    @Column(name = "asset_tag", updatable = false)
    private String assetTag;

    @Column(name = "serial_number", updatable = false)
    private String serialNumber;

    @Column(updatable = false)
    private String place;

    @Column(name = "region_code", updatable = false)
    private String regionCode;

    @Column(name = "owner_org", updatable = false)
    private UUID ownerOrg;

    @Column(name = "custodian_org")
    private UUID custodianOrg;

    protected Device() {}

    public Device(
            UUID unitId,
            String modelName,
            String assetTag,
            String serialNumber,
            String place,
            String regionCode,
            UUID ownerOrg,
            UUID custodianOrg) {
        this.unitId = unitId;
        this.modelName = modelName;
        this.assetTag = assetTag;
        this.serialNumber = serialNumber;
        this.place = place;
        this.regionCode = regionCode;
        this.ownerOrg = ownerOrg;
        this.custodianOrg = custodianOrg;
    }

    /** Whoever owns or holds the unit speaks for it. */
    public boolean isAnsweredForBy(UUID org) {
        return org.equals(ownerOrg) || org.equals(custodianOrg);
    }

    /** The unit changed hands while the order is open, for instance because it went home to be repaired. */
    void heldBy(UUID custodian) {
        custodianOrg = custodian;
    }

    public UUID unitId() {
        return unitId;
    }

    public UUID ownerOrg() {
        return ownerOrg;
    }

    public UUID custodianOrg() {
        return custodianOrg;
    }

    public String regionCode() {
        return regionCode;
    }
}

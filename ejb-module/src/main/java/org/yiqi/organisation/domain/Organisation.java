package org.yiqi.organisation.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/**
 * An organisation. It registers as DRAFT, is SUBMITTED, taken into REVIEWING, may be asked for a CORRECTION, and ends
 * APPROVED or REJECTED. An approved one is EXPIRED when a mandatory credential ends, SUSPENDED or REVOKED by a regulator.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "organisation", name = "organisation")
public class Organisation {

    @Id
    private UUID id;

    @Version
    private long version;

    private String kind;

    @Column(name = "name_zh")
    private String nameZh;

    @Column(name = "name_en")
    private String nameEn;

    @Column(name = "credit_code")
    private String creditCode;

    @Column(name = "region_code")
    private String regionCode;

    private String address;
    private String level;
    private String status;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Organisation() {}

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String kind() {
        return kind;
    }

    public String nameZh() {
        return nameZh;
    }

    public String nameEn() {
        return nameEn;
    }

    public String creditCode() {
        return creditCode;
    }

    public String regionCode() {
        return regionCode;
    }

    public String address() {
        return address;
    }

    public String level() {
        return level;
    }

    public String status() {
        return status;
    }

    public Instant createdAt() {
        return createdAt;
    }
}

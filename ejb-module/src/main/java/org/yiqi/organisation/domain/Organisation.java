package org.yiqi.organisation.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.shared.problem.Conflict;

/**
 * An organisation. It registers as DRAFT, is SUBMITTED, taken into REVIEWING, may be asked for a CORRECTION, and ends
 * APPROVED or REJECTED; a rejected one may submit again. An approved one is EXPIRED while a mandatory credential has
 * ended, which freezes new business only, and APPROVED again when its renewal is. A regulator suspends, reinstates, and
 * revokes for good.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "organisation", name = "organisation")
public class Organisation {

    private static final Set<OrganisationStatus> QUALIFIED =
            EnumSet.of(OrganisationStatus.APPROVED, OrganisationStatus.EXPIRED);

    @Id
    private UUID id;

    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    private OrganisationKind kind;

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
    private @Nullable String remit;

    @Column(name = "contact_name")
    private String contactName;

    private String phone;
    private String email;

    @Enumerated(EnumType.STRING)
    private OrganisationStatus status;

    @Column(name = "status_reason")
    private String statusReason;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Organisation() {}

    public static Organisation register(
            UUID id, OrganisationKind kind, String creditCode, @Nullable String remit, Profile profile, Instant now) {
        Organisation o = new Organisation();
        o.id = id;
        o.kind = kind;
        o.creditCode = creditCode;
        o.remit = remit;
        // An authority needs no licence; those who may enter one vouch for it.
        o.status = kind == OrganisationKind.REGULATOR ? OrganisationStatus.APPROVED : OrganisationStatus.DRAFT;
        o.statusReason = "";
        o.createdAt = now;
        o.change(profile);
        return o;
    }

    public void change(Profile profile) {
        nameZh = profile.nameZh();
        nameEn = profile.nameEn();
        regionCode = profile.regionCode();
        address = profile.address();
        level = profile.level();
        contactName = profile.contactName();
        phone = profile.phone();
        email = profile.email();
    }

    /** @return whether this is a renewal, which leaves the standing as it is until decided */
    public boolean submit() {
        if (QUALIFIED.contains(status)) {
            return true;
        }
        switch (status) {
            case DRAFT, REJECTED -> become(OrganisationStatus.SUBMITTED, "");
            case CORRECTION -> become(OrganisationStatus.REVIEWING, "");
            default -> throw wrongState();
        }
        return false;
    }

    public void underReview() {
        if (!QUALIFIED.contains(status)) {
            only(OrganisationStatus.SUBMITTED);
            become(OrganisationStatus.REVIEWING, "");
        }
    }

    public void toCorrect(String reason) {
        if (!QUALIFIED.contains(status)) {
            only(OrganisationStatus.REVIEWING);
            become(OrganisationStatus.CORRECTION, reason);
        }
    }

    public void approve() {
        if (!QUALIFIED.contains(status)) {
            only(OrganisationStatus.REVIEWING);
        }
        become(OrganisationStatus.APPROVED, "");
    }

    /** A rejected renewal takes nothing away: the standing follows the credentials that are still good. */
    public void reject(String reason) {
        if (!QUALIFIED.contains(status)) {
            become(OrganisationStatus.REJECTED, reason);
        }
    }

    public void expire() {
        only(OrganisationStatus.APPROVED);
        become(OrganisationStatus.EXPIRED, "");
    }

    public void suspend(String reason) {
        if (!QUALIFIED.contains(status)) {
            throw wrongState();
        }
        become(OrganisationStatus.SUSPENDED, reason);
    }

    public void reinstate(String reason) {
        only(OrganisationStatus.SUSPENDED);
        become(OrganisationStatus.APPROVED, reason);
    }

    public void revoke(String reason) {
        if (!QUALIFIED.contains(status) && status != OrganisationStatus.SUSPENDED) {
            throw wrongState();
        }
        become(OrganisationStatus.REVOKED, reason);
    }

    private void only(OrganisationStatus expected) {
        if (status != expected) {
            throw wrongState();
        }
    }

    private Conflict wrongState() {
        return new Conflict("organisation.wrong-state", "Not possible while " + status).with("state", status.name());
    }

    private void become(OrganisationStatus next, String reason) {
        status = next;
        statusReason = reason;
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public OrganisationKind kind() {
        return kind;
    }

    public String creditCode() {
        return creditCode;
    }

    public @Nullable String remit() {
        return remit;
    }

    public OrganisationStatus status() {
        return status;
    }

    public String statusReason() {
        return statusReason;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Profile profile() {
        return new Profile(nameZh, nameEn, regionCode, address, level, contactName, phone, email);
    }

    /** What an organisation says of itself and may change. */
    public record Profile(
            String nameZh,
            String nameEn,
            String regionCode,
            String address,
            String level,
            String contactName,
            String phone,
            String email) {}
}

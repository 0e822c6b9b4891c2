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
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;

/**
 * One review of an organisation's credentials. SUBMITTED by the organisation, REVIEWING once a reviewer has claimed it,
 * CORRECTION while the organisation mends it (ten days), APPROVED by a second reviewer or REJECTED. It is decided once.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "organisation", name = "review")
public class Review {

    public static final Duration CORRECTION_TIME = Duration.ofDays(10);

    /** What a review is about. */
    public enum Kind {
        INITIAL,
        RENEWAL
    }

    /** Where a review stands. */
    public enum Status {
        SUBMITTED,
        REVIEWING,
        CORRECTION,
        APPROVED,
        REJECTED
    }

    @Id
    private UUID id;

    @Version
    private long version;

    @Column(name = "org_id")
    private UUID orgId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "submitted_by")
    private UUID submittedBy;

    @Column(name = "submitted_at")
    private Instant submittedAt;

    @Column(name = "claimed_by")
    private @Nullable UUID claimedBy;

    @Column(name = "claimed_at")
    private @Nullable Instant claimedAt;

    @Column(name = "correction_reason")
    private String correctionReason;

    @Column(name = "correction_due")
    private @Nullable Instant correctionDue;

    private int rounds;

    @Column(name = "decided_by")
    private @Nullable UUID decidedBy;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    private String reason;

    protected Review() {}

    public static Review submitted(UUID id, UUID orgId, Kind kind, UUID by, Instant now) {
        Review r = new Review();
        r.id = id;
        r.orgId = orgId;
        r.kind = kind;
        r.status = Status.SUBMITTED;
        r.submittedBy = by;
        r.submittedAt = now;
        r.correctionReason = "";
        r.reason = "";
        return r;
    }

    public void claim(UUID reviewer, Instant now) {
        only(Status.SUBMITTED);
        claimedBy = reviewer;
        claimedAt = now;
        status = Status.REVIEWING;
    }

    public void requestCorrection(String why, Instant now) {
        only(Status.REVIEWING);
        correctionReason = why;
        correctionDue = now.plus(CORRECTION_TIME);
        rounds++;
        status = Status.CORRECTION;
    }

    public void corrected(Instant now) {
        only(Status.CORRECTION);
        if (isCorrectionOverdue(now)) {
            throw new Conflict("organisation.correction-late", "The time for the correction is over");
        }
        correctionDue = null;
        status = Status.REVIEWING;
    }

    /** Two people: whoever claimed it has looked first, and somebody else decides. */
    public void approve(UUID reviewer, Instant now) {
        only(Status.REVIEWING);
        if (reviewer.equals(claimedBy)) {
            throw new NotPermitted("organisation.second-reviewer-needed", "Another reviewer has to approve");
        }
        decide(Status.APPROVED, reviewer, "", now);
    }

    public void reject(UUID reviewer, String why, Instant now) {
        only(Status.REVIEWING);
        decide(Status.REJECTED, reviewer, why, now);
    }

    /** The clock rejects what was not corrected in time; nobody's name stands under it. */
    public void lapse(Instant now) {
        only(Status.CORRECTION);
        status = Status.REJECTED;
        reason = "correction not made in time";
        decidedAt = now;
    }

    public boolean isCorrectionOverdue(Instant now) {
        return status == Status.CORRECTION && correctionDue != null && correctionDue.isBefore(now);
    }

    private void decide(Status decision, UUID reviewer, String why, Instant now) {
        status = decision;
        decidedBy = reviewer;
        decidedAt = now;
        reason = why;
    }

    private void only(Status expected) {
        if (status != expected) {
            throw new Conflict("organisation.review-wrong-state", "Not possible while " + status)
                    .with("state", status.name());
        }
    }

    public UUID id() {
        return id;
    }

    public UUID orgId() {
        return orgId;
    }

    public Kind kind() {
        return kind;
    }

    public Status status() {
        return status;
    }

    public @Nullable UUID claimedBy() {
        return claimedBy;
    }

    public String reason() {
        return reason;
    }

    public int rounds() {
        return rounds;
    }
}

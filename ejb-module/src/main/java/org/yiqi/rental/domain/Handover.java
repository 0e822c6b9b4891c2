package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.HandoverKind;

/** An act of custody that a rental waits for, or has. It is complete when everyone it binds has signed it. */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "handover")
public class Handover {

    @Id
    @Column(name = "act_id")
    private UUID actId;

    @ManyToOne(optional = false)
    @JoinColumn(name = "rental_id")
    private Rental rental;

    @Enumerated(EnumType.STRING)
    private HandoverKind kind;

    @Column(name = "proposed_at")
    private Instant proposedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    private boolean lapsed;

    protected Handover() {}

    Handover(Rental rental, UUID actId, HandoverKind kind, Instant now) {
        this.rental = rental;
        this.actId = actId;
        this.kind = kind;
        this.proposedAt = now;
    }

    void complete(Instant now) {
        completedAt = now;
    }

    void lapse() {
        lapsed = true;
    }

    public boolean isOpen() {
        return completedAt == null && !lapsed;
    }

    public boolean isLapsed() {
        return lapsed;
    }

    public Rental rental() {
        return rental;
    }

    public UUID actId() {
        return actId;
    }

    public HandoverKind kind() {
        return kind;
    }

    public Instant proposedAt() {
        return proposedAt;
    }

    public boolean isComplete() {
        return completedAt != null;
    }
}

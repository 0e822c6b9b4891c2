package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.Conflict;

/** A later end that one party asked for and the other has yet to agree to. */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "extension")
public class Extension {

    @Id
    private UUID id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "rental_id")
    private Rental rental;

    @Column(name = "from_at")
    private Instant from;

    @Column(name = "to_at")
    private Instant to;

    @Column(name = "proposed_by")
    private UUID proposedBy;

    @Column(name = "proposed_at")
    private Instant proposedAt;

    private boolean agreed;

    protected Extension() {}

    Extension(Rental rental, UUID id, Instant to, Actor by, Instant now) {
        this.rental = rental;
        this.id = id;
        this.from = rental.contract().period().to();
        this.to = to;
        this.proposedBy = by.orgId();
        this.proposedAt = now;
    }

    void agree(Actor actor) {
        if (proposedBy.equals(actor.orgId())) {
            throw new Conflict("rental.extension-open", "The extension waits for the other party");
        }
        agreed = true;
    }

    public Rental rental() {
        return rental;
    }

    public UUID id() {
        return id;
    }

    /** The end that is asked for. */
    public Instant to() {
        return to;
    }

    /** The time that the calendar has to hold in addition: from the end of what it holds, as much longer as the end is later. */
    public Period additional() {
        Instant held = rental.contract().reserved().to();
        return new Period(held, held.plus(Duration.between(from, to)));
    }

    public UUID proposedBy() {
        return proposedBy;
    }

    public Instant proposedAt() {
        return proposedAt;
    }

    public boolean agreed() {
        return agreed;
    }
}

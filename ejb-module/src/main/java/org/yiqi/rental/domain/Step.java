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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.RentalState;
import org.yiqi.shared.Ids;

/** One thing that happened to a rental. Steps are only added. */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "step")
public class Step {

    @Id
    private UUID id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "rental_id")
    private Rental rental;

    private Instant at;

    @Column(name = "org_id")
    private @Nullable UUID orgId;

    private String verb;

    @Enumerated(EnumType.STRING)
    @Column(name = "from_state")
    private RentalState fromState;

    @Enumerated(EnumType.STRING)
    @Column(name = "to_state")
    private RentalState toState;

    private String note;

    protected Step() {}

    Step(
            Rental rental,
            Instant at,
            @Nullable UUID orgId,
            String verb,
            RentalState fromState,
            RentalState toState,
            String note) {
        this.id = Ids.next();
        this.rental = rental;
        this.at = at;
        this.orgId = orgId;
        this.verb = verb;
        this.fromState = fromState;
        this.toState = toState;
        this.note = note;
    }

    public Rental rental() {
        return rental;
    }

    public Instant at() {
        return at;
    }

    /** Who did it; nobody for what the clock did. */
    public Optional<UUID> orgId() {
        return Optional.ofNullable(orgId);
    }

    public String verb() {
        return verb;
    }

    public RentalState fromState() {
        return fromState;
    }

    public RentalState toState() {
        return toState;
    }

    public String note() {
        return note;
    }
}

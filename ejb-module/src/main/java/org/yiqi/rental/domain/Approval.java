package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.rental.Side;

/** One side's yes. */
@Embeddable
@Access(AccessType.FIELD)
public class Approval {

    @Enumerated(EnumType.STRING)
    private Side side;

    @Column(name = "org_id")
    private UUID orgId;

    @Column(name = "person_id")
    private UUID personId;

    private Instant at;

    protected Approval() {}

    Approval(Side side, Actor actor, Instant at) {
        this.side = side;
        this.orgId = actor.orgId();
        this.personId = actor.personId();
        this.at = at;
    }

    public Side side() {
        return side;
    }

    public UUID orgId() {
        return orgId;
    }

    public UUID personId() {
        return personId;
    }

    public Instant at() {
        return at;
    }
}

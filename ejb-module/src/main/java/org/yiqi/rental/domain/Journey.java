package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/** The unit's way to the lessee and back: who carries it, when custody passed, how often it was used, how it returned. */
@Embeddable
@Access(AccessType.FIELD)
public class Journey {

    private String carrier = "";
    private String seal = "";

    @Column(name = "dispatched_at")
    private @Nullable Instant dispatchedAt;

    @Column(name = "delivered_at")
    private @Nullable Instant deliveredAt;

    @Column(name = "returned_at")
    private @Nullable Instant returnedAt;

    private int uses;
    private String damage = "";

    protected Journey() {}

    static Journey notBegun() {
        return new Journey();
    }

    void dispatched(String by, String sealText, Instant now) {
        carrier = by;
        seal = sealText;
        dispatchedAt = now;
    }

    void delivered(Instant now) {
        deliveredAt = now;
    }

    void returned(Instant now) {
        returnedAt = now;
    }

    void counted(int count) {
        if (count < uses) {
            throw new RuleViolation("rental.uses-fell", "A count of uses does not fall")
                    .at("/uses", "at least " + uses);
        }
        uses = count;
    }

    void found(String what) {
        damage = what;
    }

    public int uses() {
        return uses;
    }

    /** What the owner found when it came back; empty when sound. */
    public String damage() {
        return damage;
    }

    public String carrier() {
        return carrier;
    }

    public String seal() {
        return seal;
    }

    public Optional<Instant> dispatchedAt() {
        return Optional.ofNullable(dispatchedAt);
    }

    /** When the lessee's custody began. */
    public Optional<Instant> deliveredAt() {
        return Optional.ofNullable(deliveredAt);
    }

    /** When the lessee's custody ended. */
    public Optional<Instant> returnedAt() {
        return Optional.ofNullable(returnedAt);
    }
}

package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether the order stops its unit, and the acts on the ledger that say so and end it. */
@Embeddable
@Access(AccessType.FIELD)
class Standing {

    private boolean quarantined;

    @Column(name = "hold_act")
    private @Nullable UUID holdAct;

    @Column(name = "release_act")
    private @Nullable UUID releaseAct;

    Standing() {}

    void stop(@Nullable UUID act) {
        quarantined = true;
        holdAct = act;
    }

    void lift(UUID act) {
        releaseAct = act;
    }

    boolean isQuarantined() {
        return quarantined;
    }

    @Nullable
    UUID holdAct() {
        return holdAct;
    }

    @Nullable
    UUID releaseAct() {
        return releaseAct;
    }
}

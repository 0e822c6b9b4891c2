package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embeddable;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.rental.HandoverKind;
import org.yiqi.shared.problem.Conflict;

/** The acts of custody of a rental: one open act of a kind at a time, and none is completed twice. */
@Embeddable
@Access(AccessType.FIELD)
public class Signings {

    @OneToMany(mappedBy = "rental", cascade = CascadeType.ALL)
    @OrderBy("proposedAt")
    private List<Handover> handovers = new ArrayList<>();

    protected Signings() {}

    static Signings none() {
        return new Signings();
    }

    void begin(Rental rental, UUID actId, HandoverKind kind, Instant now) {
        handovers.add(new Handover(rental, actId, kind, now));
    }

    Handover open(HandoverKind kind) {
        return handovers.stream()
                .filter(h -> h.kind() == kind && h.isOpen())
                .findFirst()
                .orElseThrow(() -> new Conflict("rental.unknown-act", "No act waits for a signature"));
    }

    HandoverKind complete(UUID actId, Instant now) {
        Handover handover = open(actId);
        handover.complete(now);
        return handover.kind();
    }

    HandoverKind lapse(UUID actId) {
        Handover handover = open(actId);
        handover.lapse();
        return handover.kind();
    }

    List<Handover> all() {
        return List.copyOf(handovers);
    }

    private Handover open(UUID actId) {
        return handovers.stream()
                .filter(h -> h.actId().equals(actId) && h.isOpen())
                .findFirst()
                .orElseThrow(() -> new Conflict("rental.unknown-act", "This rental does not wait for this act"));
    }
}

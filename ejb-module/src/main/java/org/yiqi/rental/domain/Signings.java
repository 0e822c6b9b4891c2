package org.yiqi.rental.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.yiqi.rental.HandoverKind;
import org.yiqi.shared.problem.Conflict;

/** The rules of a rental's acts of custody: an open act is completed once, or lapses. */
final class Signings {

    private Signings() {}

    static void begin(List<Handover> handovers, Rental rental, UUID actId, HandoverKind kind, Instant now) {
        handovers.add(new Handover(rental, actId, kind, now));
    }

    static Handover open(List<Handover> handovers, HandoverKind kind) {
        return handovers.stream()
                .filter(h -> h.kind() == kind && h.isOpen())
                .findFirst()
                .orElseThrow(() -> new Conflict("rental.unknown-act", "No act waits for a signature"));
    }

    static HandoverKind complete(List<Handover> handovers, UUID actId, Instant now) {
        Handover handover = open(handovers, actId);
        handover.complete(now);
        return handover.kind();
    }

    static HandoverKind lapse(List<Handover> handovers, UUID actId) {
        Handover handover = open(handovers, actId);
        handover.lapse();
        return handover.kind();
    }

    private static Handover open(List<Handover> handovers, UUID actId) {
        return handovers.stream()
                .filter(h -> h.actId().equals(actId) && h.isOpen())
                .findFirst()
                .orElseThrow(() -> new Conflict("rental.unknown-act", "This rental does not wait for this act"));
    }
}

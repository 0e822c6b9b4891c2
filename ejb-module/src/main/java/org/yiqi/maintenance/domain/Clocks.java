package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PriorityLevel;

/** When what happened to an order, and by when the next should. Downtime runs from {@code downSince} to the release. */
@Embeddable
@Access(AccessType.FIELD)
class Clocks {

    /** A service organisation accepts within this time, or the next one is asked. */
    static final Duration TO_ACCEPT = Duration.ofMinutes(30);

    @Column(name = "requested_at", updatable = false)
    private Instant requestedAt;

    @Column(name = "down_since")
    private @Nullable Instant downSince;

    @Column(name = "dispatched_at")
    private @Nullable Instant dispatchedAt;

    @Column(name = "accept_by")
    private @Nullable Instant acceptBy;

    @Column(name = "accepted_at")
    private @Nullable Instant acceptedAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "repaired_at")
    private @Nullable Instant repairedAt;

    @Column(name = "verified_at")
    private @Nullable Instant verifiedAt;

    @Column(name = "released_at")
    private @Nullable Instant releasedAt;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Column(name = "arrive_by")
    private @Nullable Instant arriveBy;

    @Column(name = "fix_by")
    private @Nullable Instant fixBy;

    @Column(name = "paused_since")
    private @Nullable Instant pausedSince;

    @Column(name = "paused_seconds")
    private long pausedSeconds;

    protected Clocks() {}

    Clocks(Instant requestedAt, @Nullable Instant downSince) {
        this.requestedAt = requestedAt;
        this.downSince = downSince;
    }

    void triaged(PriorityLevel level) {
        arriveBy = requestedAt.plus(level.arrival());
        fixBy = requestedAt.plus(level.fix());
    }

    void planned(Instant from, Instant to) {
        arriveBy = from;
        fixBy = to;
    }

    void offered(Instant now, Instant until) {
        dispatchedAt = now;
        acceptBy = until;
    }

    void offerEnded() {
        acceptBy = null;
    }

    void accepted(Instant now) {
        acceptedAt = now;
        acceptBy = null;
    }

    void started(Instant now) {
        if (startedAt == null) {
            startedAt = now;
        }
        if (downSince == null) {
            downSince = now;
        }
    }

    /** Only an order for parts that is on its way stops the clock. */
    void pause(Instant now) {
        pausedSince = now;
    }

    void resume(Instant now) {
        Instant since = pausedSince;
        if (since != null) {
            Duration paused = Duration.between(since, now);
            pausedSeconds += paused.toSeconds();
            if (fixBy != null) {
                fixBy = fixBy.plus(paused);
            }
            pausedSince = null;
        }
    }

    void repaired(Instant now) {
        repairedAt = now;
    }

    void verified(@Nullable Instant now) {
        verifiedAt = now;
    }

    void released(Instant now) {
        releasedAt = now;
    }

    void closed(Instant now) {
        closedAt = now;
    }

    @Nullable
    Instant acceptBy() {
        return acceptBy;
    }

    @Nullable
    Instant releasedAt() {
        return releasedAt;
    }

    /** From the alert or request to the release, waiting included; null while the unit is still down or never was. */
    @Nullable
    Duration downtime() {
        return downSince == null || releasedAt == null ? null : Duration.between(downSince, releasedAt);
    }
}

package org.yiqi.telemetry.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.EpisodeState;

/**
 * The life of one alert: PENDING while the condition is younger than the rule's duration, then ACTIVE; people acknowledge
 * it and repair; RECOVERED once the values have been past the clear threshold for long enough; CLOSED by a person or in
 * time. A condition that returns before the close continues the same episode, so nobody is called twice for one trouble.
 *
 * <p>It advances by readings and, as a device may fall silent, by the clock.
 */
public final class Episode {

    private final UUID id;
    private final UUID deviceId;
    private final UUID ruleId;
    private EpisodeState state;
    private final Instant since;
    private @Nullable Instant activatedAt;
    private @Nullable Instant clearSince;
    private @Nullable Instant recoveredAt;
    private final double firstValue;
    private double peakValue;
    private double lastValue;
    private boolean dropped;
    private boolean changed;

    public Episode(
            UUID id,
            UUID deviceId,
            UUID ruleId,
            EpisodeState state,
            Instant since,
            @Nullable Instant activatedAt,
            @Nullable Instant clearSince,
            @Nullable Instant recoveredAt,
            double firstValue,
            double peakValue,
            double lastValue) {
        this.id = id;
        this.deviceId = deviceId;
        this.ruleId = ruleId;
        this.state = state;
        this.since = since;
        this.activatedAt = activatedAt;
        this.clearSince = clearSince;
        this.recoveredAt = recoveredAt;
        this.firstValue = firstValue;
        this.peakValue = peakValue;
        this.lastValue = lastValue;
    }

    /** The first value that breaks the rule. */
    public static Episode begin(UUID id, UUID deviceId, ThresholdRule rule, Instant at, double value) {
        Episode episode =
                new Episode(id, deviceId, rule.id(), EpisodeState.PENDING, at, null, null, null, value, value, value);
        episode.changed = true;
        episode.observe(rule, at, value);
        return episode;
    }

    /** A reading newer than all before it. */
    public void observe(ThresholdRule rule, Instant at, double value) {
        if (!state.isOpen() || dropped) {
            return;
        }
        changed = true;
        lastValue = value;
        if (rule.isBrokenBy(value)) {
            peakValue = rule.worse(peakValue, value);
            clearSince = null;
            if (state == EpisodeState.RECOVERED) {
                state = EpisodeState.ACTIVE;
                recoveredAt = null;
            }
            settle(rule, at);
        } else if (state == EpisodeState.PENDING) {
            dropped = true;
        } else if (!rule.isClearedBy(value)) {
            clearSince = null;
        } else if (state.isRaised()) {
            clearSince = clearSince == null ? at : clearSince;
            settle(rule, at);
        }
    }

    /** Time has passed: what was true at the last reading is still taken to be true. */
    public void settle(ThresholdRule rule, Instant now) {
        if (state == EpisodeState.PENDING && !since.plus(rule.hold()).isAfter(now)) {
            state = EpisodeState.ACTIVE;
            activatedAt = now;
            changed = true;
        } else if (state.isRaised()
                && clearSince != null
                && !clearSince.plus(rule.clear()).isAfter(now)) {
            state = EpisodeState.RECOVERED;
            recoveredAt = now;
            changed = true;
        }
    }

    /** The condition went away before it had lasted: as if nothing had been. */
    public boolean isDropped() {
        return dropped;
    }

    public boolean isChanged() {
        return changed;
    }

    public UUID id() {
        return id;
    }

    public UUID deviceId() {
        return deviceId;
    }

    public UUID ruleId() {
        return ruleId;
    }

    public EpisodeState state() {
        return state;
    }

    public Instant since() {
        return since;
    }

    public @Nullable Instant activatedAt() {
        return activatedAt;
    }

    public @Nullable Instant clearSince() {
        return clearSince;
    }

    public @Nullable Instant recoveredAt() {
        return recoveredAt;
    }

    public double firstValue() {
        return firstValue;
    }

    public double peakValue() {
        return peakValue;
    }

    public double lastValue() {
        return lastValue;
    }
}

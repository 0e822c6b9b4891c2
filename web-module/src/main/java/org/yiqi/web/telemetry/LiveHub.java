package org.yiqi.web.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.websocket.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.SharesPosted;
import org.yiqi.shared.Ids;
import org.yiqi.telemetry.AlertsMoved;
import org.yiqi.telemetry.LiveReading;
import org.yiqi.telemetry.ReadingsArrived;

/**
 * Hands readings and moves of alerts on to the open sockets that watch their units. Every event has a number; whoever comes
 * back says the last one it heard and gets the rest, as long as it is known (two minutes) and the server is the same one.
 */
@ApplicationScoped
public class LiveHub {

    /** So long after the last page has gone its return is still expected. */
    private static final Duration EXPECTED = Duration.ofMinutes(2);

    private final String run = Ids.next().toString();
    private final LiveLog log = new LiveLog();
    private final Map<Session, Set<UUID>> watchers = new HashMap<>();
    private Instant lastWatched = Instant.MIN;

    @Inject
    Clock clock;

    /**
     * From now on the session hears of these units.
     *
     * @param since the last number that it heard in {@code heardRun}; null for a page that has just been read
     */
    synchronized void watch(Session session, Set<UUID> units, @Nullable Long since, @Nullable String heardRun) {
        Optional<List<LiveLog.Entry>> missed =
                since == null || !run.equals(heardRun) ? Optional.empty() : log.after(since);
        watchers.put(session, Set.copyOf(units));
        lastWatched = clock.instant();
        send(
                session,
                Json.createObjectBuilder()
                        .add("type", "watching")
                        .add("run", run)
                        .add("seq", log.last())
                        .add("resumed", missed.isPresent())
                        .build()
                        .toString());
        missed.ifPresent(entries -> entries.forEach(entry -> tell(session, units, entry)));
    }

    synchronized void forget(Session session) {
        if (watchers.remove(session) != null) {
            lastWatched = clock.instant();
        }
    }

    void onReadings(@Observes ReadingsArrived arrived) {
        publish(arrived.readings(), Set.of());
    }

    void onAlerts(@Observes AlertsMoved moved) {
        publish(List.of(), moved.unitIds());
    }

    /** Whoever watches an opening looks again when an opener has released. */
    void onShares(@Observes(during = TransactionPhase.AFTER_SUCCESS) SharesPosted shares) {
        publish(List.of(), Set.of(shares.tenderId()));
    }

    private synchronized void publish(List<LiveReading> readings, Set<UUID> alerted) {
        Instant now = clock.instant();
        if (watchers.isEmpty() && lastWatched.isBefore(now.minus(EXPECTED))) {
            log.skip();
            return;
        }
        LiveLog.Entry entry = log.add(readings, alerted, now);
        Map.copyOf(watchers).forEach((session, units) -> tell(session, units, entry));
    }

    private void tell(Session session, Set<UUID> units, LiveLog.Entry entry) {
        JsonArrayBuilder readings = Json.createArrayBuilder();
        boolean any = false;
        for (LiveReading reading : entry.readings()) {
            if (units.contains(reading.unitId())) {
                any = true;
                readings.add(Json.createObjectBuilder()
                        .add("unit", reading.unitId().toString())
                        .add("metric", reading.metric())
                        .add("at", reading.at().toString())
                        .add("value", reading.value()));
            }
        }
        if (any) {
            send(
                    session,
                    Json.createObjectBuilder()
                            .add("type", "readings")
                            .add("seq", entry.seq())
                            .add("readings", readings)
                            .build()
                            .toString());
        }
        for (UUID unit : entry.alerted()) {
            if (units.contains(unit)) {
                send(
                        session,
                        Json.createObjectBuilder()
                                .add("type", "alerts")
                                .add("seq", entry.seq())
                                .add("unit", unit.toString())
                                .build()
                                .toString());
            }
        }
    }

    /** A page that cannot be reached is forgotten; it comes back and says what it heard last. */
    private void send(Session session, String text) {
        if (session.isOpen()) {
            session.getAsyncRemote().sendText(text, result -> {
                if (!result.isOK()) {
                    forget(session);
                }
            });
        } else {
            forget(session);
        }
    }
}

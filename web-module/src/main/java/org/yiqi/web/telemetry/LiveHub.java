package org.yiqi.web.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.yiqi.telemetry.AlertsMoved;
import org.yiqi.telemetry.LiveReading;
import org.yiqi.telemetry.ReadingsArrived;

/** Hands readings and moves of alerts on to the open sockets that watch their units. */
@ApplicationScoped
public class LiveHub {

    private final Map<Session, Set<UUID>> watchers = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    void watch(Session session, Set<UUID> units) {
        watchers.put(session, Set.copyOf(units));
    }

    void forget(Session session) {
        watchers.remove(session);
    }

    void onReadings(@Observes ReadingsArrived arrived) {
        if (watchers.isEmpty()) {
            return;
        }
        watchers.forEach((session, units) -> {
            JsonArrayBuilder readings = Json.createArrayBuilder();
            boolean any = false;
            for (LiveReading reading : arrived.readings()) {
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
                                .add("seq", sequence.incrementAndGet())
                                .add("readings", readings)
                                .build()
                                .toString());
            }
        });
    }

    void onAlerts(@Observes AlertsMoved moved) {
        watchers.forEach((session, units) -> {
            for (UUID unit : moved.unitIds()) {
                if (units.contains(unit)) {
                    send(
                            session,
                            Json.createObjectBuilder()
                                    .add("type", "alerts")
                                    .add("seq", sequence.incrementAndGet())
                                    .add("unit", unit.toString())
                                    .build()
                                    .toString());
                }
            }
        });
    }

    /** A page that cannot be reached misses a value and gets the next: nothing waits for it. */
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

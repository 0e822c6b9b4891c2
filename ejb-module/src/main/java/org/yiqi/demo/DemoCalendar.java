package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one calendar of the demo's units: it lets nothing in that overlaps, as the table's own constraint does not. */
final class DemoCalendar {

    private final Map<UUID, TreeMap<Instant, Instant>> taken = new HashMap<>();
    private final DemoTable slots = new DemoTable(
            "equipment.slot", "id,unit_id,from_at,to_at,use,state,reference_id,org_id,note,expires_at,created_at");

    /**
     * A use of a unit.
     *
     * @param reference the rental, order or use that the time is for
     * @param org whose use it is
     */
    record Use(
            UUID unit,
            Instant from,
            Instant to,
            String kind,
            UUID reference,
            UUID org,
            String note,
            Instant createdAt) {}

    boolean isFree(UUID unit, Instant from, Instant to) {
        TreeMap<Instant, Instant> of = taken.get(unit);
        if (of == null) {
            return true;
        }
        Map.Entry<Instant, Instant> before = of.lowerEntry(to);
        return before == null || !before.getValue().isAfter(from);
    }

    /** @return whether the time was free */
    boolean take(Use use, String state, @Nullable Instant expiresAt) {
        if (!isFree(use.unit, use.from, use.to)) {
            return false;
        }
        taken.computeIfAbsent(use.unit, u -> new TreeMap<>()).put(use.from, use.to);
        add(use, state, expiresAt);
        return true;
    }

    /** A time that was asked for and given back. */
    void released(Use use) {
        add(use, "RELEASED", null);
    }

    private void add(Use use, String state, @Nullable Instant expiresAt) {
        slots.add(
                DemoIds.of("slot", use.reference + use.from.toString()),
                use.unit,
                use.from,
                use.to,
                use.kind,
                state,
                use.reference,
                use.org,
                use.note,
                expiresAt,
                use.createdAt);
    }

    void write(Connection c) throws SQLException {
        slots.write(c);
    }
}

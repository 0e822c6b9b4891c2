package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a device was last heard and when it is due again. The interval follows the device's own rhythm; silence is found by
 * a compare-and-set on the deadline, so a message and the clock cannot both win.
 */
final class DeviceStates {

    private static final String BEFORE =
            "select device_id, status from telemetry.device_state where device_id = any(?) order by device_id for update";

    /**
     * A fifth of the newest gap and four fifths of what was learnt make the rhythm; one gap counts at most four times the
     * rhythm, so that an outage does not make a device look slow for hours. Three intervals without a word make it STALE,
     * five seconds being the least, for devices of many hertz.
     */
    private static final String SEEN = """
            with v as (
              select * from unnest(?::uuid[], ?::timestamptz[], ?::int[], ?::float8[], ?::bigint[]) as v(id, last_at, entries, gap, seq)),
            learnt as (
              select v.id, v.last_at, v.seq, case
                  when d.device_id is null then v.gap
                  when v.last_at > d.last_at then greatest(0.2, least(3600, 0.8 * d.interval_seconds
                    + 0.2 * least(4 * d.interval_seconds, extract(epoch from v.last_at - d.last_at) / v.entries)))
                  else d.interval_seconds end as interval_seconds
              from v left join telemetry.device_state d on d.device_id = v.id)
            insert into telemetry.device_state as d (device_id, status, last_at, received_at, interval_seconds, deadline, last_seq)
            select id, 'ONLINE', last_at, ?::timestamptz, interval_seconds,
              ?::timestamptz + make_interval(secs => greatest(3 * interval_seconds, 5)), seq
            from learnt order by id
            on conflict (device_id) do update set status = 'ONLINE', last_at = greatest(d.last_at, excluded.last_at),
              received_at = excluded.received_at, interval_seconds = excluded.interval_seconds, deadline = excluded.deadline,
              last_seq = coalesce(excluded.last_seq, d.last_seq)""";

    private static final double FIRST_GUESS_SECONDS = 20;

    private DeviceStates() {}

    /** Notes a sign of life of each device; answers those that had been silent. */
    static Set<UUID> seen(Connection c, Map<UUID, Seen> seen, Instant now) throws SQLException {
        Set<UUID> silent = silentBefore(c, seen.keySet());
        List<Map.Entry<UUID, Seen>> devices = List.copyOf(seen.entrySet());
        UUID[] ids = new UUID[devices.size()];
        Timestamp[] last = new Timestamp[ids.length];
        Integer[] entries = new Integer[ids.length];
        Double[] gaps = new Double[ids.length];
        @Nullable Long[] sequence = new Long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Seen device = devices.get(i).getValue();
            ids[i] = devices.get(i).getKey();
            last[i] = Timestamp.from(device.last());
            entries[i] = device.entries();
            gaps[i] = device.entries() < 2
                    ? FIRST_GUESS_SECONDS
                    : Math.max(0.2, device.spanSeconds() / (device.entries() - 1));
            sequence[i] = device.seq();
        }
        try (PreparedStatement s = c.prepareStatement(SEEN)) {
            s.setArray(1, c.createArrayOf("uuid", ids));
            s.setArray(2, c.createArrayOf("timestamptz", last));
            s.setArray(3, c.createArrayOf("int4", entries));
            s.setArray(4, c.createArrayOf("float8", gaps));
            s.setArray(5, c.createArrayOf("int8", sequence));
            s.setTimestamp(6, Timestamp.from(now));
            s.setTimestamp(7, Timestamp.from(now));
            s.executeUpdate();
        }
        return silent;
    }

    private static Set<UUID> silentBefore(Connection c, Set<UUID> devices) throws SQLException {
        Set<UUID> silent = new HashSet<>();
        try (PreparedStatement s = c.prepareStatement(BEFORE)) {
            s.setArray(1, c.createArrayOf("uuid", devices.toArray()));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    if (!"ONLINE".equals(rs.getString(2))) {
                        silent.add(rs.getObject(1, UUID.class));
                    }
                }
            }
        }
        return silent;
    }
}

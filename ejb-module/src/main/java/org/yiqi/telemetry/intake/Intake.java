package org.yiqi.telemetry.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.telemetry.domain.Envelope;
import org.yiqi.telemetry.domain.Reading;
import org.yiqi.telemetry.domain.Unreadable;
import org.yiqi.telemetry.domain.Unreadable.Reason;

/**
 * Takes a batch of messages into the database in one transaction: readings, roll-ups, what is known of the devices, and
 * the rules. A batch that comes again changes nothing, so the broker may deliver at least once.
 */
public final class Intake {

    /**
     * Only rows that were not there before reach the roll-ups. Sorted, so that two batches that touch the same buckets
     * wait for each other instead of blocking each other.
     */
    private static final String STORE = """
            with fresh as (
              insert into telemetry.reading (device_id, metric_id, at, value)
              select device_id, metric_id, at, value from pg_temp.staged_reading order by device_id, metric_id, at
              on conflict do nothing returning device_id, metric_id, at, value),
            minutes as (
              insert into telemetry.rollup_minute as r (device_id, metric_id, at, n, low, high, total)
              select device_id, metric_id, date_trunc('minute', at), count(*), min(value), max(value), sum(value)
              from fresh group by 1, 2, 3 order by 1, 2, 3
              on conflict (device_id, metric_id, at) do update set n = r.n + excluded.n, low = least(r.low, excluded.low),
                high = greatest(r.high, excluded.high), total = r.total + excluded.total),
            hours as (
              insert into telemetry.rollup_hour as r (device_id, metric_id, at, n, low, high, total)
              select device_id, metric_id, date_trunc('hour', at, 'UTC'), count(*), min(value), max(value), sum(value)
              from fresh group by 1, 2, 3 order by 1, 2, 3
              on conflict (device_id, metric_id, at) do update set n = r.n + excluded.n, low = least(r.low, excluded.low),
                high = greatest(r.high, excluded.high), total = r.total + excluded.total),
            to_seal as (
              -- Held until the commit, so that no hour is sealed without what is being added to it.
              insert into telemetry.hour_to_seal as h (device_id, hour)
              select device_id, date_trunc('hour', at, 'UTC') from fresh group by 1, 2 order by 1, 2
              on conflict (device_id, hour) do update set hour = h.hour)
            select count(*) from fresh""";

    private final Clock clock;
    private final Catalogue catalogue;

    public Intake(Clock clock, Catalogue catalogue) {
        this.clock = clock;
        this.catalogue = catalogue;
    }

    /** What a batch did: how many readings were new, the newest per device and metric, devices whose alerts changed. */
    public record Outcome(int fresh, List<Reading> newest, Set<UUID> alerted) {}

    /** Runs in the caller's transaction: commit it, then acknowledge the messages. */
    public Outcome take(Connection c, List<Incoming> messages) throws SQLException {
        Instant now = clock.instant();
        catalogue.refresh(c, now);
        Instant keptSince = now.minus(catalogue.readingDays(), ChronoUnit.DAYS);
        Map<Reading.Key, Reading> readings = new LinkedHashMap<>();
        Map<UUID, Seen> seen = new HashMap<>();
        List<Incoming.Refused> refused = new ArrayList<>();
        for (Incoming message : messages) {
            try {
                UUID device = knownDevice(c, message);
                List<Reading> ofMessage = new ArrayList<>();
                List<Envelope> entries = Envelope.parse(device, message.payload());
                for (Envelope entry : entries) {
                    ofMessage.addAll(entry.readings(device, catalogue.metrics(), now, keptSince));
                }
                ofMessage.forEach(reading -> readings.putIfAbsent(reading.key(), reading));
                entries.forEach(entry -> seen.merge(device, Seen.by(entry), Seen::with));
            } catch (Unreadable why) {
                refused.add(new Incoming.Refused(message, why));
            }
        }
        refuse(c, refused);
        if (readings.isEmpty()) {
            return new Outcome(0, List.of(), Set.of());
        }
        ensureDays(c, readings.values());
        Copy.stage(c, readings.values());
        int fresh = store(c);
        Set<UUID> returned = DeviceStates.seen(c, seen, now);
        Judgement judgement = new Judgement(catalogue, now);
        List<Reading> newest = judgement.judge(c, readings.values());
        judgement.devicesReturned(c, returned);
        return new Outcome(fresh, newest, judgement.alerted());
    }

    private UUID knownDevice(Connection c, Incoming message) throws Unreadable, SQLException {
        UUID device = message.deviceId();
        if (message.isRefused()) {
            throw new Unreadable(Reason.REFUSED, "reached for " + message.address());
        }
        if (device == null) {
            throw new Unreadable(Reason.UNKNOWN_DEVICE, "the topic names no device");
        }
        if (!catalogue.knowsDevice(c, device)) {
            throw new Unreadable(Reason.UNKNOWN_DEVICE, "no credential was ever issued for it");
        }
        return device;
    }

    private static int store(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                var rs = s.executeQuery(STORE)) {
            rs.next();
            return rs.getInt(1);
        }
    }

    private void ensureDays(Connection c, Collection<Reading> readings) throws SQLException {
        Set<LocalDate> days = new TreeSet<>();
        readings.forEach(reading -> days.add(LocalDate.ofInstant(reading.at(), ZoneOffset.UTC)));
        days.removeAll(catalogue.days());
        try (PreparedStatement s = c.prepareStatement("select telemetry.ensure_day(?)")) {
            for (LocalDate day : days) {
                s.setObject(1, day);
                s.execute();
            }
        }
    }

    /** Keeps what was refused, whole and with its reason. */
    public static void refuse(Connection c, List<Incoming.Refused> refused) throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        try (PreparedStatement s = c.prepareStatement("""
                insert into telemetry.dead_letter (id, device_id, address, payload, reason, detail, received_at)
                values (?, ?, ?, ?, ?, ?, ?)""")) {
            for (Incoming.Refused one : refused) {
                s.setObject(1, Ids.next());
                s.setObject(2, one.message().deviceId());
                s.setString(3, one.message().address().replace("\u0000", ""));
                s.setBytes(4, one.message().payload());
                s.setString(5, one.why().reason().name());
                s.setString(6, String.valueOf(one.why().getMessage()));
                s.setTimestamp(7, Timestamp.from(one.message().receivedAt()));
                s.addBatch();
            }
            s.executeBatch();
        }
    }
}

package org.yiqi.telemetry.intake;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.SealedReading;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.telemetry.HourOfReadings;

/**
 * Seals hours that are over: one leaf of the evidence log for everything that a device reported in an hour. The intake
 * holds the row of an hour while it adds to it, so an hour is sealed with all that was taken in, and what comes later
 * makes it due again.
 */
final class Sealing {

    /** How long after its end an hour waits for what is late by the network alone. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Sealing() {}

    private record Hour(UUID device, Instant start) {}

    /** @return whether an hour was sealed, so that there may be more */
    static boolean sealOne(Connection c, Instant now) throws SQLException {
        Optional<Hour> due = due(c, now);
        if (due.isEmpty()) {
            return false;
        }
        Hour hour = due.get();
        byte[] seed = new byte[32];
        RANDOM.nextBytes(seed);
        List<SealedReading> readings = HourOfReadings.read(c, hour.device(), hour.start());
        if (!readings.isEmpty()) {
            seal(c, hour, readings, seed, now);
        }
        return true;
    }

    private static Optional<Hour> due(Connection c, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                delete from telemetry.hour_to_seal where (device_id, hour) in (
                  select device_id, hour from telemetry.hour_to_seal where hour <= ? order by hour, device_id limit 1
                  for update skip locked) returning device_id, hour""")) {
            s.setTimestamp(1, Timestamp.from(now.minus(Duration.ofHours(1)).minus(GRACE)));
            try (ResultSet rs = s.executeQuery()) {
                return rs.next()
                        ? Optional.of(new Hour(
                                rs.getObject(1, UUID.class), rs.getTimestamp(2).toInstant()))
                        : Optional.empty();
            }
        }
    }

    private static void seal(Connection c, Hour hour, List<SealedReading> readings, byte[] seed, Instant now)
            throws SQLException {
        byte[] root = MerkleTree.root(
                readings.stream().map(reading -> reading.leaf(seed)).toList());
        int revision = revisions(c, hour) + 1;
        UUID exhibit = Exhibits.submit(
                c,
                EvidenceOf.telemetry(hour.device(), hour.start()),
                null,
                Map.of(
                        "device",
                        hour.device(),
                        "hour",
                        hour.start(),
                        "readings",
                        readings.size(),
                        "revision",
                        revision,
                        "root",
                        HexFormat.of().formatHex(root)),
                false,
                now);
        try (PreparedStatement s = c.prepareStatement("""
                insert into telemetry.sealed_hour(device_id, hour, revision, readings, root, seed, exhibit_id, sealed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            s.setObject(1, hour.device());
            s.setTimestamp(2, Timestamp.from(hour.start()));
            s.setInt(3, revision);
            s.setInt(4, readings.size());
            s.setBytes(5, root);
            s.setBytes(6, seed);
            s.setObject(7, exhibit);
            s.setTimestamp(8, Timestamp.from(now));
            s.executeUpdate();
        }
    }

    private static int revisions(Connection c, Hour hour) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select coalesce(max(revision), 0) from telemetry.sealed_hour where device_id = ? and hour = ?")) {
            s.setObject(1, hour.device());
            s.setTimestamp(2, Timestamp.from(hour.start()));
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getInt(1);
            }
        }
    }
}

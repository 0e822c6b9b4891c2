package org.yiqi.telemetry.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MerkleTree;
import org.yiqi.ledger.evidence.Sequencer;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.telemetry.ReadingProof;
import org.yiqi.telemetry.ReadingProofs;
import org.yiqi.telemetry.TelemetryFixture;

class SealingIT {

    private static final Instant HOUR = Instant.parse("2026-03-04T10:00:00Z");
    private static final Instant AFTER = HOUR.plus(Duration.ofMinutes(66));

    private final TelemetryFixture fixture = new TelemetryFixture();
    private final TestServices services = new TestServices(fixture.database())
            // The key-encryption key: nothing is signed here.
            .with(String.class, Base64.getEncoder().encodeToString(new byte[32]));
    private final Intake intake =
            new Intake(Clock.fixed(HOUR.plus(Duration.ofHours(2)), ZoneOffset.UTC), new Catalogue());
    private UUID owner;
    private UUID device;

    @BeforeEach
    void anHourOfReadings() throws SQLException {
        sealAll(HOUR.plus(Duration.ofDays(3)));
        owner = fixture.database().organisation("HOSPITAL");
        device = fixture.deviceOf(owner);
        List<Incoming> messages = new ArrayList<>();
        for (int i = 0; i < 360; i++) {
            messages.add(message(i * 10, "heliumLevel", 70 + i % 10));
            messages.add(message(i * 10, "coolingTemperature", 12.5 + i % 3));
        }
        take(messages);
    }

    @Test
    void oneReadingIsProvedByItsHourAndTheLogsRoot() throws SQLException {
        sealAll(AFTER);
        place();
        ReadingProof proof = prove(owner, "heliumLevel", HOUR.plusSeconds(1231));
        assertEquals(720, proof.readings());
        String at = (String) CanonicalJson.read(proof.content()).get("at");
        assertEquals(HOUR.plusSeconds(1230).toString(), at, "the closest reading");
        byte[] leaf = MerkleTree.leaf(decode(proof.salt()), bytes(proof.content()));
        byte[] hourRoot = MerkleTree.follow(leaf, proof.place(), proof.readings(), decoded(proof.path()));
        assertEquals(
                CanonicalJson.read(proof.sealed()).get("root"), HexFormat.of().formatHex(hourRoot));
        byte[] sealed = MerkleTree.leaf(decode(proof.sealedSalt()), bytes(proof.sealed()));
        assertEquals(proof.inclusion().hash(), HexFormat.of().formatHex(sealed));
        byte[] root = MerkleTree.follow(
                sealed,
                proof.inclusion().leaf(),
                proof.inclusion().size(),
                decoded(proof.inclusion().path()));
        assertEquals(proof.inclusion().root(), HexFormat.of().formatHex(root));
        int size = bytes(JsonbBuilder.create().toJson(proof)).length;
        assertTrue(size <= 3 * 1024, size + " bytes");
    }

    @Test
    void anHourThatIsNotOverIsNotSealed() throws SQLException {
        sealAll(HOUR.plus(Duration.ofMinutes(64)));
        assertThrows(Conflict.class, () -> prove(owner, "heliumLevel", HOUR));
    }

    @Test
    void whatComesLateSealsTheHourAgain() throws SQLException {
        sealAll(AFTER);
        take(List.of(message(3, "heliumLevel", 99)));
        place();
        Conflict waits = assertThrows(Conflict.class, () -> prove(owner, "heliumLevel", HOUR));
        assertEquals("telemetry.hour-not-sealed", waits.code());
        sealAll(AFTER);
        place();
        assertEquals(721, prove(owner, "heliumLevel", HOUR.plusSeconds(3)).readings());
        assertEquals("2", fixture.ask("select max(revision) from telemetry.sealed_hour where device_id = ?", device));
    }

    @Test
    void anHourThatIsBeingAddedToWaitsForWhoAdds() throws SQLException {
        try (Connection adding = worker()) {
            intake.take(adding, List.of(message(7, "heliumLevel", 71)));
            sealAll(AFTER);
            assertEquals("0", fixture.ask("select count(*) from telemetry.sealed_hour where device_id = ?", device));
            adding.commit();
        }
        sealAll(AFTER);
        assertEquals("721", fixture.ask("select readings from telemetry.sealed_hour where device_id = ?", device));
    }

    @Test
    void anotherHospitalProvesNothing() throws SQLException {
        sealAll(AFTER);
        place();
        UUID stranger = fixture.database().organisation("HOSPITAL");
        assertThrows(NotFound.class, () -> prove(stranger, "heliumLevel", HOUR));
        assertThrows(NotFound.class, () -> prove(owner, "gantrySpeed", HOUR));
    }

    private ReadingProof prove(UUID who, String metric, Instant at) {
        return services.as(who, () -> services.get(ReadingProofs.class).of(device, metric, at));
    }

    private Connection worker() throws SQLException {
        Connection c = fixture.database().as("worker").getConnection();
        c.setAutoCommit(false);
        return c;
    }

    private void sealAll(Instant now) throws SQLException {
        try (Connection c = worker()) {
            boolean more;
            do {
                more = Sealing.sealOne(c, now);
                c.commit();
            } while (more);
        }
    }

    private void place() throws SQLException {
        try (Connection c = worker()) {
            while (Sequencer.run(c, 1000).taken() > 0) {
                c.commit();
            }
            c.commit();
        }
    }

    private void take(List<Incoming> messages) throws SQLException {
        try (Connection c = worker()) {
            intake.take(c, messages);
            c.commit();
        }
    }

    private Incoming message(int second, String metric, double value) {
        String payload = "{\"at\":\"" + HOUR.plusSeconds(second) + "\",\"values\":{\"" + metric + "\":" + value + "}}";
        return new Incoming(device, "yiqi.v1." + device + ".readings", bytes(payload), AFTER);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static List<byte[]> decoded(List<String> path) {
        return path.stream().map(SealingIT::decode).toList();
    }

    @Test
    void nothingIsLeftToSealWhenEverythingIs() throws SQLException {
        sealAll(AFTER);
        try (Connection c = worker()) {
            assertFalse(Sealing.sealOne(c, AFTER));
        }
    }
}

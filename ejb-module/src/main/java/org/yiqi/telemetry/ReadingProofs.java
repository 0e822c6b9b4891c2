package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.SealedReading;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.LeafView;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/** Proves single readings, for whoever may see the unit. */
@Stateless
@Secured
public class ReadingProofs {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Units units;

    @Inject
    EvidenceLog log;

    /** @param seed in Base64 */
    private record Seal(int revision, int readings, String seed) {

        byte[] seedBytes() {
            return Base64.getDecoder().decode(seed);
        }
    }

    /**
     * Proves the reading that is closest to an instant, within its hour.
     *
     * @throws NotFound {@code telemetry.no-such-reading}
     * @throws Conflict {@code telemetry.hour-not-sealed} while the hour is not over, or has got more readings since
     */
    @RolesAllowed("**")
    public ReadingProof of(UUID unitId, String metric, Instant at) {
        units.get(unitId);
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        return Sql.in(dataSource, c -> proof(c, unitId, metric, at, hour));
    }

    private ReadingProof proof(Connection c, UUID unit, String metric, Instant at, Instant hour) throws SQLException {
        List<SealedReading> readings = HourOfReadings.read(c, unit, hour);
        int place = closest(readings, metric, at);
        Seal seal = seal(c, unit, hour)
                .filter(found -> found.readings() == readings.size())
                .orElseThrow(ReadingProofs::notSealed);
        LeafView leaf = log.of(EvidenceOf.telemetry(unit, hour)).stream()
                .filter(view -> String.valueOf(view.content()).contains("\"revision\":\"" + seal.revision() + "\""))
                .filter(view -> view.leaf() != null)
                .findFirst()
                .orElseThrow(ReadingProofs::notSealed);
        MerkleTree.Nodes nodes = MerkleTree.complete(
                readings.stream().map(reading -> reading.leaf(seal.seedBytes())).toList());
        SealedReading reading = readings.get(place);
        Long number = leaf.leaf();
        return new ReadingProof(
                new String(reading.bytes(), StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(reading.salt(seal.seedBytes())),
                place,
                readings.size(),
                MerkleTree.inclusion(place, readings.size(), nodes).stream()
                        .map(Base64.getEncoder()::encodeToString)
                        .toList(),
                String.valueOf(leaf.content()),
                String.valueOf(leaf.salt()),
                log.inclusion(number == null ? -1 : number, null));
    }

    private static int closest(List<SealedReading> readings, String metric, Instant at) {
        return IntStream.range(0, readings.size())
                .filter(i -> readings.get(i).metric().equals(metric))
                .boxed()
                .min(Comparator.comparing(
                        i -> Duration.between(readings.get(i).at(), at).abs()))
                .orElseThrow(() -> new NotFound(
                        "telemetry.no-such-reading", "The device reported nothing of the kind in that hour"));
    }

    private static Optional<Seal> seal(Connection c, UUID unit, Instant hour) throws SQLException {
        return Sql.one(
                c,
                """
                select revision, readings, seed from telemetry.sealed_hour where device_id = ? and hour = ?
                order by revision desc limit 1""",
                rs -> new Seal(rs.getInt(1), rs.getInt(2), Base64.getEncoder().encodeToString(rs.getBytes(3))),
                unit,
                hour);
    }

    private static Conflict notSealed() {
        return new Conflict(
                "telemetry.hour-not-sealed",
                "An hour is sealed some minutes after it is over; readings that came late wait a little");
    }
}

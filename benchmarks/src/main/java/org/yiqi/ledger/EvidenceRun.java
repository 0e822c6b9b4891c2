package org.yiqi.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.SealedReading;
import org.yiqi.ledger.evidence.LeafRow;
import org.yiqi.shared.Ids;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;

/** The product's evidence log on a running ledger: leaves on their way to anchored roots, and what proves one of them. */
public final class EvidenceRun {

    private static final int ANCHORED_AT_ONCE = 10_000;

    private final LedgerRun ledger;

    public EvidenceRun(LedgerRun ledger) {
        this.ledger = ledger;
    }

    /** From the evidence queue to roots that the channel has recorded. Leaves per second. */
    public double anchored(long leaves) throws SQLException {
        long began = System.nanoTime();
        keep(Duration.ofMinutes(1));
        // What came after the last root would wait for its minute.
        keep(Duration.ZERO);
        if (!ledger.holds("select max(size) = " + leaves + " from evidence.root")) {
            throw new IllegalStateException("not all leaves were anchored");
        }
        return leaves / LedgerRun.seconds(began);
    }

    /** Empties the queue and anchors, with the relay beside it. */
    private void keep(Duration patience) throws SQLException {
        ExecutorService keeping = Executors.newSingleThreadExecutor();
        try (EvidenceKeeper keeper = ledger.keeper(patience, ANCHORED_AT_ONCE)) {
            Future<?> kept = keeping.submit(() -> {
                boolean more = keeper.leads();
                while (more) {
                    more = keeper.run();
                    ledger.wake();
                }
                return null;
            });
            ledger.relayUntil(() -> kept.isDone() && ledger.isEmpty());
            LedgerRun.get(kept);
        } finally {
            keeping.shutdownNow();
        }
    }

    /** Seconds to recompute the whole evidence log from its rows. */
    public double verified(long leaves) throws SQLException {
        long began = System.nanoTime();
        try (Connection c = ledger.worker()) {
            EvidenceVerdict verdict = EvidenceVerification.verify(c, ledger.now());
            if (!verdict.intact() || verdict.size() < leaves) {
                throw new IllegalStateException("the log does not hold: " + verdict);
            }
        }
        return LedgerRun.seconds(began);
    }

    /** How many bytes prove one of so many readings of an hour: the reading, its way to the hour's root, and the hour. */
    public int bytesOfReading(int readings) throws SQLException {
        UUID device = Ids.next();
        Instant hour = ledger.now().truncatedTo(ChronoUnit.HOURS);
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        List<SealedReading> all = IntStream.range(0, readings)
                .mapToObj(i -> new SealedReading(device, "coolingTemperature", hour.plusMillis(i), 6.4))
                .toList();
        List<byte[]> leaves = all.stream().map(reading -> reading.leaf(seed)).toList();
        Map<String, Object> sealed = Map.of(
                "device",
                device,
                "hour",
                hour,
                "readings",
                readings,
                "revision",
                1,
                "root",
                HexFormat.of().formatHex(MerkleTree.root(leaves)));
        EvidenceOf of = EvidenceOf.telemetry(device, hour);
        ledger.inSystem(c -> Exhibits.submit(c, of, null, sealed, true, ledger.now()));
        keep(Duration.ZERO);
        int place = readings / 2;
        String reading = CanonicalJson.write(Map.of(
                "content",
                new String(all.get(place).bytes(), StandardCharsets.UTF_8),
                "path",
                base64(MerkleTree.inclusion(place, readings, MerkleTree.complete(leaves))),
                "place",
                Integer.toString(place),
                "readings",
                Integer.toString(readings),
                "salt",
                Base64.getEncoder().encodeToString(all.get(place).salt(seed))));
        return reading.length() + ledger.inSystem(c -> proof(c, of)).json().length();
    }

    private static EvidenceProof proof(Connection c, EvidenceOf of) throws SQLException {
        LeafView view = EvidenceLog.view(c, LeafRow.of(c, of).get(0));
        RootView anchor = Objects.requireNonNull(view.anchor());
        return EvidenceLog.proof(
                c, view, Objects.requireNonNull(view.leaf()), anchor.size(), Objects.requireNonNull(anchor.actId()));
    }

    private static List<String> base64(List<byte[]> path) {
        return path.stream().map(Base64.getEncoder()::encodeToString).toList();
    }
}

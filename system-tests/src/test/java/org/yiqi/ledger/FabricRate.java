package org.yiqi.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.tenancy.Scope;

/**
 * How fast acts reach the channel: many in a transaction against one in a transaction, on one network, in one run, by the
 * same relay. The acts are signed and in the outbox beforehand. Prints figures; asserts nothing.
 */
public final class FabricRate {

    private final LedgerFixture ledger = new LedgerFixture();
    private final FabricChannel channel;
    private final Path data = Files.createTempDirectory("rate");
    private final Semaphore signal = new Semaphore(0);
    private UUID owner;

    private FabricRate(Path network) throws IOException {
        channel = FabricChannel.open(FabricNetwork.read(network));
    }

    /** Argument: network.json of a fresh network. */
    public static void main(String[] arguments) throws Exception {
        new FabricRate(Path.of(arguments[0])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        relay(1, () -> count("select count(*) from ledger.journal") > 0);
        owner = ledger.db.organisation("HOSPITAL");
        write(1);
        relay(1, this::empty);

        write(40);
        double single = rate(1, 40);
        write(1000);
        double batched = rate(500, 1000);
        System.out.printf(
                "acts/s: %.1f batched, %.1f one in a transaction, ratio %.1f%n", batched, single, batched / single);

        List<Double> lone = new ArrayList<>();
        try (FabricRelay relay = open(500)) {
            for (int i = 0; i < 20; i++) {
                long began = System.nanoTime();
                write(1);
                signal.release();
                until(relay, this::empty);
                lone.add((System.nanoTime() - began) / 1e6);
            }
        }
        System.out.printf("commit to recorded, alone: p50 %.0f ms, p95 %.0f ms%n", at(lone, 0.5), at(lone, 0.95));
        proof();
    }

    private void proof() throws SQLException, IOException {
        UUID unit = Ids.next();
        ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        relay(500, this::empty);
        long began = System.nanoTime();
        NetworkBundle bundle = ledger.db.inScope(
                Scope.SYSTEM, c -> NetworkBundleMaker.make(c, channel, List.of(Subject.custody(unit)), null)
                        .orElseThrow());
        double made = (System.nanoTime() - began) / 1e6;
        String json = bundle.json();
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("bundle.json"));
            zip.write(json.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        NetworkBundleCheck.Trust trust = new NetworkBundleCheck.Trust(
                bundle.founding().digest(), NetworkBundleMaker.trusted(channel.network()), null);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            began = System.nanoTime();
            if (!NetworkBundleCheck.run(NetworkBundle.parse(json), trust).holds()) {
                throw new IllegalStateException("the bundle does not hold");
            }
            times.add((System.nanoTime() - began) / 1e6);
        }
        System.out.printf(
                "bundle of one act: %d chains asked, %d bytes, zipped %d; made in %.0f ms, checked in %.1f ms (p50 of 100)%n",
                bundle.questions().size(), json.length(), zipped.size(), made, at(times, 0.5));
    }

    private void write(int acts) throws SQLException {
        for (int i = 0; i < acts; i++) {
            ledger.write(NewAct.registered(Ids.next(), owner, LedgerFixture.now()));
        }
    }

    private double rate(int batch, int acts) throws SQLException {
        long began = System.nanoTime();
        relay(batch, this::empty);
        return acts / ((System.nanoTime() - began) / 1e9);
    }

    private FabricRelay open(int batch) throws SQLException {
        FabricRelay relay = RelayProcess.relay(ledger.db.as("worker"), channel, data, signal::release, batch);
        until(relay, () -> true);
        return relay;
    }

    private void relay(int batch, Done done) throws SQLException {
        try (FabricRelay relay = RelayProcess.relay(ledger.db.as("worker"), channel, data, signal::release, batch)) {
            until(relay, done);
        }
    }

    private void until(FabricRelay relay, Done done) throws SQLException {
        do {
            boolean more = relay.leads() && relay.run().full();
            try {
                if (!more && signal.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        } while (!done.holds());
    }

    private boolean empty() throws SQLException {
        return count("select count(*) from ledger.act where state = 'PENDING'") == 0;
    }

    private long count(String sql) throws SQLException {
        return ((Number) ledger.value(sql)).longValue();
    }

    private static double at(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private interface Done {
        boolean holds() throws SQLException;
    }
}

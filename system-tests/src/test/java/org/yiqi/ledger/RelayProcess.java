package org.yiqi.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.db.Unpooled;

/** Nothing but the relay, in a JVM of its own: what {@code kill -9} of an application server leaves is what this leaves. */
public final class RelayProcess {

    static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private RelayProcess() {}

    private static final Logger LOG = Logger.getLogger(RelayProcess.class.getName());

    /** Arguments: JDBC address, password of the worker, data folder, network.json, acts in a transaction at most. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        DataSource database = Unpooled.database(arguments[0], "yiqi_worker", arguments[1], "yiqi-relay");
        Semaphore signal = new Semaphore(0);
        try (FabricChannel channel = FabricChannel.open(FabricNetwork.read(Path.of(arguments[3])));
                FabricRelay relay = relay(
                        database, channel, Path.of(arguments[2]), signal::release, Integer.parseInt(arguments[4]))) {
            while (true) {
                boolean more = false;
                try {
                    more = relay.leads() && relay.run().full();
                } catch (SQLException | RuntimeException e) {
                    LOG.log(Level.WARNING, "The relay goes on trying", e);
                }
                if (!more && signal.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            }
        }
    }

    /** Starts it; its log is {@code relay-process.log} in the folder for temporary files. */
    static Process launch(String database, Path data, Path network, int batch) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        database,
                        "test",
                        data.toString(),
                        network.toString(),
                        Integer.toString(batch))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        new File(System.getProperty("java.io.tmpdir"), "relay-process.log")))
                .start();
    }

    static FabricRelay relay(DataSource database, FabricChannel channel, Path data, Runnable wake, int largestBatch) {
        return new FabricRelay(
                database,
                new KeyStore(KEY, Optional.empty()),
                Clock.systemUTC(),
                new HeadFile(data),
                channel,
                work -> {
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    return thread;
                },
                wake,
                largestBatch);
    }
}

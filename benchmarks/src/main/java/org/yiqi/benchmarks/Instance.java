package org.yiqi.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one-command edition with our application or with a reference in its place, started the way {@code ./yiqi up} does. */
final class Instance implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Yiqi is ready after ([0-9.]+) s");
    private static final Pattern MOST_MEMORY = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int port;
    private final Path data;
    private final Process process;
    private final double secondsToReady;

    private Instance(int port, Path data, Process process, double secondsToReady) {
        this.port = port;
        this.data = data;
        this.process = process;
        this.secondsToReady = secondsToReady;
    }

    static Instance start(Workplace workplace, Path war, Path data, int port, String... options)
            throws IOException, InterruptedException {
        Path log = data.resolveSibling(data.getFileName() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As in the script.
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Duser.timezone=UTC",
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dyiqi.home=" + workplace.home().toAbsolutePath(),
                "-Dyiqi.dist=" + workplace.distribution(),
                "-Dyiqi.war=" + war,
                "-jar",
                workplace.launcher().toString(),
                "--port",
                String.valueOf(port),
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (ready.find()) {
                return new Instance(port, data, process, Double.parseDouble(ready.group(1)));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        process.destroy();
        throw new IOException("it did not start: see " + log);
    }

    double secondsToReady() {
        return secondsToReady;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    /** The most memory that the application server has had in use, in bytes, as Linux counts it. */
    long mostMemory() throws IOException {
        ProcessHandle server = process.toHandle()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("PayaraMicro"))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no application server"));
        Matcher most = MOST_MEMORY.matcher(Files.readString(Path.of("/proc/" + server.pid() + "/status")));
        if (!most.find()) {
            throw new IOException("the kernel does not say how much memory was in use");
        }
        return Long.parseLong(most.group(1)) * 1024;
    }

    /** The database with all rights, to fill it. */
    Connection administrator() throws IOException, SQLException {
        Properties secrets = new Properties();
        try (var in = Files.newInputStream(data.resolve("secrets.properties"))) {
            secrets.load(in);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (54320 + port - 8080) + "/yiqi",
                "postgres",
                secrets.getProperty("db.superuser"));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

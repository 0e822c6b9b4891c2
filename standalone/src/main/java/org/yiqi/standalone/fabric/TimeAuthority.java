package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yiqi.standalone.StartupProblem;

/**
 * The regulator's time authority beside a network on one machine: {@code yiqi-tools.jar time-authority} in a process of its own,
 * with a key in the regulator's folder that the platform does not know.
 */
public final class TimeAuthority implements AutoCloseable {

    private static final int SECRET_BYTES = 24;
    private static final int SECONDS_TO_MAKE_A_KEY = 60;

    private final Daemon daemon;
    private final int port;

    private TimeAuthority(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    /** The tools as they are built in a clone. */
    public static Path toolsOf(Path clone) {
        return clone.resolve("tools/target/yiqi-tools.jar").toAbsolutePath();
    }

    /**
     * Starts it, making its key first if it has none, and waits until it answers.
     *
     * @param network the network's folder
     */
    public static TimeAuthority start(Path network, int port, Path tools) throws Exception {
        if (!Files.exists(tools)) {
            throw new StartupProblem(
                    "The regulator's time authority needs " + tools + ": build it with ./yiqi up --fabric.");
        }
        Path folder = Files.createDirectories(network.resolve("organisations/" + Organisation.REGULATOR + "/time"));
        Path key = folder.resolve("time.key");
        Path passphrase = folder.resolve("passphrase");
        List<String> secret = List.of("--key", key.toString(), "--passphrase-file", passphrase.toString());
        if (!Files.exists(key)) {
            writePassphrase(passphrase);
            run(tools, network, List.of("sign", "new-key"), secret);
        }
        TimeAuthority authority = new TimeAuthority(new Daemon("time." + Organisation.REGULATOR, network), port);
        if (!authority.daemon.runs() && Operations.listens(port)) {
            throw new StartupProblem(
                    "Port " + port
                            + ", needed for the regulator's time authority, is in use: stop what listens there or move all ports with --port.");
        }
        List<String> serving = new ArrayList<>(List.of("time-authority"));
        serving.addAll(secret);
        serving.addAll(List.of(
                "--certificate",
                folder.resolve("time.pem").toString(),
                "--name",
                "Regulator's time authority",
                "--port",
                Integer.toString(port)));
        authority.daemon.start(command(tools, serving), Map.of(), network);
        Operations.await("the regulator's time authority", authority.daemon, () -> Operations.listens(port));
        return authority;
    }

    /** Where it answers requests (RFC 3161 over HTTP). */
    public String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    private static void writePassphrase(Path file) throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().encodeToString(random), StandardCharsets.US_ASCII);
    }

    private static void run(Path tools, Path network, List<String> what, List<String> how)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(what);
        arguments.addAll(how);
        Path log = Files.createDirectories(network.resolve("logs")).resolve("time-key.log");
        Process process = new ProcessBuilder(command(tools, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(SECONDS_TO_MAKE_A_KEY, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new StartupProblem("The key of the regulator's time authority could not be made: see " + log + ".");
        }
    }

    private static List<String> command(Path tools, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Duser.timezone=UTC",
                "-jar",
                tools.toString()));
        command.addAll(arguments);
        return command;
    }

    @Override
    public void close() throws IOException {
        daemon.stop().join();
    }
}

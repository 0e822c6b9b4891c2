package org.yiqi.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the application, as a child process that ends when this one ends. */
final class Application implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration AFTER_DEPLOYMENT = Duration.ofMinutes(2);
    private static final int SECONDS_TO_STOP = 25;
    private static final int SECONDS_TO_STOP_AND_ARCHIVE = 75;
    private static final String PID = "application.pid";

    private final PayaraMicro server;
    private final Process process;
    private final DataFolder data;
    private final Path log;
    private final URI address;

    private Application(PayaraMicro server, Process process, DataFolder data, Path log, URI address) {
        this.server = server;
        this.process = process;
        this.data = data;
        this.log = log;
        this.address = address;
    }

    static Application start(
            Path home, Path war, DataFolder data, Ports ports, Secrets secrets, Map<String, String> env)
            throws IOException, InterruptedException {
        Path certificate = Certificate.createIfMissing(data, secrets);
        UnpackedApplication application = UnpackedApplication.of(war, home);
        PayaraMicro server = PayaraMicro.prepare(home, application);
        server.layOut(data.resolve("payara"));
        Path preboot = data.resolve("application.preboot");
        Files.write(preboot, prebootCommands(), StandardCharsets.UTF_8);
        Path arguments = writePrivately(
                data.resolve("application.args"),
                jvmOptions(server, certificate, secrets.get("tls.keystore"), data, System.getenv("YIQI_JAVA_OPTS")));
        List<String> command = new ArrayList<>(List.of(
                PayaraMicro.java(),
                "@" + arguments,
                PayaraMicro.mainClass(),
                "--nocluster",
                // The store of sessions would listen on every address of the machine.
                "--interfaces",
                "127.0.0.1",
                "--disablephonehome",
                "--rootdir",
                data.resolve("payara").toString(),
                "--prebootcommandfile",
                preboot.toString(),
                "--port",
                String.valueOf(ports.http()),
                "--sslport",
                String.valueOf(ports.https()),
                "--sslcert",
                Certificate.ALIAS,
                "--contextroot",
                "/",
                "--deploy",
                application.folder().toString()));
        Path log = data.newLog("application.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(data.root().toFile());
        builder.environment().putAll(env);
        Process process = builder.start();
        data.note(PID, process.pid() + "\n");
        return new Application(server, process, data, log, URI.create("http://127.0.0.1:" + ports.http()));
    }

    /** A launcher that was killed leaves its Payara running: end it, as we hold the lock of its data folder. */
    static void stopLeftBehind(DataFolder data) throws IOException {
        Path pidFile = data.resolve(PID);
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(pidFile).trim());
        ProcessHandle.of(pid)
                .filter(process ->
                        process.info().commandLine().orElse("").contains("@" + data.resolve("application.args")))
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit()
                            .completeOnTimeout(process, 20, TimeUnit.SECONDS)
                            .join();
                    process.destroyForcibly();
                    process.onExit()
                            .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                            .join();
                });
        Files.deleteIfExists(pidFile);
    }

    private static List<String> prebootCommands() {
        String network = "set configs.config.server-config.network-config.";
        return List.of(
                network + "network-listeners.network-listener.http-listener.address=127.0.0.1",
                network + "network-listeners.network-listener.https-listener.address=127.0.0.1",
                network + "protocols.protocol.http-listener.http.server-header=false",
                network + "protocols.protocol.http-listener.http.xpowered-by=false",
                network + "protocols.protocol.https-listener.http.server-header=false",
                network + "protocols.protocol.https-listener.http.xpowered-by=false");
    }

    private static List<String> jvmOptions(
            PayaraMicro server, Path certificate, String password, DataFolder data, String more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                // The first compiler's code is good enough while everything runs for the first time: the second one
                // waits three
                // times longer before it takes the cores from what is starting.
                "-XX:Tier4InvocationThreshold=100000",
                "-XX:Tier4MinInvocationThreshold=12000",
                "-XX:Tier4CompileThreshold=300000",
                "-XX:Tier4BackEdgeThreshold=800000",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djavax.net.ssl.keyStore=\"" + certificate + "\"",
                "-Djavax.net.ssl.keyStorePassword=" + password,
                "-Djava.io.tmpdir=\"" + temporary(data) + "\""));
        options.addAll(server.jvmOptions());
        if (more != null) {
            options.addAll(Arrays.asList(more.trim().split("\\s+")));
        }
        return options;
    }

    private static Path temporary(DataFolder data) {
        try {
            return Files.createDirectories(data.resolve("tmp"));
        } catch (IOException e) {
            throw new StartupProblem("Cannot write to " + data.root() + ": choose another folder with --data DIR.", e);
        }
    }

    private static Path writePrivately(Path file, List<String> lines) throws IOException {
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.write(file, lines, StandardCharsets.UTF_8);
    }

    /** Waits until the login page answers; false when the application runs but has no such page. */
    boolean awaitLogin() throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/login"))
                .timeout(Duration.ofSeconds(30))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean deployed = false;
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw problem("The application server ended with exit code " + process.exitValue());
            }
            int status = statusOf(client, request);
            if (status == 200) {
                return true;
            }
            if (status == 404 && hasReported("was successfully deployed") && hasReported(" ready in ")) {
                return false;
            }
            if (!deployed && hasReported(" ready in ")) {
                // Deployed, and yet no login page: give the first request a moment, not the whole patience.
                deployed = true;
                deadline = System.nanoTime() + AFTER_DEPLOYMENT.toNanos();
            }
            if (hasReported("Exception while loading the app")) {
                throw problem("The application could not be deployed");
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        throw problem("The login page does not answer");
    }

    /** Waits for a file that the application writes; true when it came within half a minute. */
    boolean awaitFile(Path file) throws InterruptedException {
        long deadline = System.nanoTime() + AFTER_DEPLOYMENT.toNanos();
        while (!Files.exists(file) && System.nanoTime() < deadline && process.isAlive()) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return Files.exists(file);
    }

    private static int statusOf(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private boolean hasReported(String text) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1).contains(text);
    }

    private StartupProblem problem(String what) throws IOException {
        List<String> severe;
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            severe = lines.filter(line -> line.contains("SEVERE") || line.contains("Caused by"))
                    .limit(5)
                    .toList();
        }
        String details = severe.isEmpty() ? "" : System.lineSeparator() + String.join(System.lineSeparator(), severe);
        return new StartupProblem(what + ": see " + log + "." + details);
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    Path log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        int patience = server.makesArchive() ? SECONDS_TO_STOP_AND_ARCHIVE : SECONDS_TO_STOP;
        process.onExit().completeOnTimeout(process, patience, TimeUnit.SECONDS).join();
        boolean endedByItself = !process.isAlive();
        if (!endedByItself) {
            process.destroyForcibly();
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        }
        server.keepArchive(endedByItself);
        Files.deleteIfExists(data.resolve(PID));
    }
}

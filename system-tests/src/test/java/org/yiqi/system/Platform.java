package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.fail;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** The running product, started the way a user starts it. One instance serves all tests of a run. */
public final class Platform {

    public static final String DEMO_PASSWORD = "Yiqi-demo-2026";

    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    /** With {@code -Dyiqi.port=8080 -Dyiqi.data=.yiqi} the tests use an instance that already runs, and leave it running. */
    private static final boolean RUNNING = System.getProperty("yiqi.port") != null;

    /**
     * From here on up all ports of an instance lie outside 32768–60999, from which Linux takes the near end of outgoing
     * connections: a port there can be in use at any moment though nobody listens on it.
     */
    public static final int LOWEST_PORT = 15000;

    private static final Platform SHARED = new Platform(
            Integer.getInteger("yiqi.port", LOWEST_PORT),
            CLONE.resolve(System.getProperty("yiqi.data", "system-tests/target/yiqi")));

    private final int port;
    private final Path data;
    private final Api api;
    private Process process;

    private Platform(int port, Path data) {
        this.port = port;
        this.data = data;
        api = new Api(base());
    }

    /** The instance with the demo region that all tests share; it is started by the first that asks. */
    public static synchronized Platform shared() {
        if (!RUNNING && SHARED.process == null) {
            SHARED.start("--fresh");
            Runtime.getRuntime().addShutdownHook(new Thread(SHARED::stop));
        }
        return SHARED;
    }

    /** An instance of its own for a test that breaks things. */
    public static Platform separate(int port, String name) {
        return new Platform(port, CLONE.resolve("system-tests/target/" + name));
    }

    public void start(String... options) {
        try {
            // The accounts are written when the demo region is complete.
            boolean isEmpty = List.of(options).contains("--no-demo");
            Path log = data.resolveSibling(data.getFileName() + ".log");
            Files.createDirectories(data.getParent());
            List<String> command = new ArrayList<>(List.of(
                    CLONE.resolve("yiqi").toString(), "up", "--port", String.valueOf(port), "--data", data.toString()));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command)
                    .directory(CLONE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            await("the login page", PATIENCE, () -> {
                if (!process.isAlive()) {
                    fail("./yiqi up ended: " + Files.readString(log, StandardCharsets.UTF_8));
                }
                return loginAnswers() && (isEmpty || Files.exists(data.resolve("demo-accounts.json")));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
        api.forgetTokens();
    }

    /** {@code kill -9} of the application server and of the launcher with its broker: what a power cut leaves. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
        api.forgetTokens();
    }

    public String base() {
        return "http://localhost:" + port;
    }

    public int mqttPort() {
        return 1883 + port - 8080;
    }

    public Path data() {
        return data;
    }

    /** Requests of a demo account, such as {@code qinghe.equipment}. */
    public RequestSpecification as(String username) {
        return api.as(username);
    }

    public RequestSpecification anonymous() {
        return api.anonymous();
    }

    /** For a test that tells the same story to either edition. */
    public Api api() {
        return api;
    }

    /** What someone with the database's own superuser password can do behind the application's back. */
    public Connection administrator() throws SQLException {
        Properties secrets = new Properties();
        try (var in = Files.newInputStream(data.resolve("secrets.properties"))) {
            secrets.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (54320 + port - 8080) + "/yiqi",
                "postgres",
                secrets.getProperty("db.superuser"));
    }

    /** Waits for a condition, asking four times a second, and says what did not come. */
    public static void await(String what, Duration patience, Condition condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        Object pause = new Object();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
                synchronized (pause) {
                    pause.wait(250);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        fail("Waited " + patience.toSeconds() + " s in vain for " + what);
    }

    private boolean loginAnswers() throws InterruptedException {
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(base() + "/login"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }
}

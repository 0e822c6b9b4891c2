package org.yiqi.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yiqi.standalone.Surroundings;

/** A real Payara Server with a domain of its own, on which Yiqi is installed by the script that hospital IT uses. */
final class PayaraServer implements AutoCloseable {

    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Path HOME = CLONE.resolve("system-tests/target/payara6");
    private static final Path FOLDER = CLONE.resolve("system-tests/target/payara-server");
    private static final String DOMAIN = "yiqi";
    /** The domain's ports are this plus 48 (administration), 80 (HTTP), 81 (HTTPS), ... */
    private static final int PORT_BASE = Platform.LOWEST_PORT + 1000;

    private final Surroundings surroundings;
    private final Path settings;

    private PayaraServer(Surroundings surroundings, Path settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    static PayaraServer start() throws Exception {
        Surroundings surroundings = Surroundings.start(CLONE, FOLDER, PORT_BASE + 80);
        PayaraServer server = new PayaraServer(surroundings, surroundings.writeSettings(true));
        try {
            asadmin("create-domain", "--nopassword", "--portbase", String.valueOf(PORT_BASE), DOMAIN);
            asadmin("start-domain", DOMAIN);
            return server;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Installs Yiqi, or updates it. Answers what the script printed. */
    String install() throws IOException {
        return run(
                CLONE.resolve("config/payara/install.sh").toString(),
                HOME.toString(),
                CLONE.resolve("ear/target/yiqi.ear").toString(),
                settings.toString());
    }

    String remove() throws IOException {
        return run(CLONE.resolve("config/payara/install.sh").toString(), "--remove", HOME.toString());
    }

    Api api() {
        return new Api("http://localhost:" + (PORT_BASE + 80));
    }

    int mqttPort() {
        return 1883 + PORT_BASE + 80 - 8080;
    }

    String domainXml() throws IOException {
        return Files.readString(HOME.resolve("glassfish/domains/" + DOMAIN + "/config/domain.xml"));
    }

    Path settings() {
        return settings;
    }

    private static String asadmin(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin/asadmin").toString(), "--interactive=false"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        Path output = Files.createTempFile(FOLDER, "command", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "YIQI_ADMIN_PORT", String.valueOf(PORT_BASE + 48), "AS_JAVA", System.getProperty("java.home")));
        Process process = builder.start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(List.of(command) + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(List.of(command) + " failed: " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(HOME.resolve("glassfish/domains/" + DOMAIN))) {
                asadmin("stop-domain", "--kill", "true", DOMAIN);
                asadmin("delete-domain", DOMAIN);
            }
        } finally {
            surroundings.close();
        }
    }
}

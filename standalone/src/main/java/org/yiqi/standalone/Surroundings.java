package org.yiqi.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a hospital has beside its Payara Server: a PostgreSQL with Yiqi's roles and an Artemis. Here they are those of the
 * one-command edition, for tests and benchmarks that bring an application server of their own, or none.
 */
public final class Surroundings implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final DataFolder data;
    private final Ports ports;
    private final Secrets secrets;

    private Surroundings(Path folder, int http) throws IOException {
        data = DataFolder.open(folder, true);
        started.push(data);
        ports = Ports.forHttp(http);
        secrets = Secrets.loadOrCreate(data.resolve("secrets.properties"));
    }

    /** All ports stand in the same distance to {@code http} as they do in the one-command edition. */
    public static Surroundings start(Path clone, Path folder, int http) throws Exception {
        Surroundings surroundings = new Surroundings(folder, http);
        try {
            surroundings.startServers(clone);
            return surroundings;
        } catch (Exception failed) {
            surroundings.close();
            throw failed;
        }
    }

    private void startServers(Path clone) throws Exception {
        ports.requireFree();
        Path home = clone.resolve("standalone/target/dist");
        started.push(Foundations.startDatabase(home, clone.resolve("config"), data, ports, secrets));
        started.push(Foundations.startBroker(data, ports, secrets));
    }

    /** The filled in copy of {@code yiqi.settings.example}. */
    public Path writeSettings(boolean demo) throws IOException {
        Map<String, String> settings = Foundations.settings(data, ports, secrets, demo);
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        return Files.writeString(data.resolve("yiqi.settings"), lines, StandardCharsets.UTF_8);
    }

    /** The application's settings by name. */
    public Map<String, String> settings(boolean demo) {
        return Foundations.settings(data, ports, secrets, demo);
    }

    /** The database with all rights. */
    public Connection administrator() throws SQLException {
        return DriverManager.getConnection(Database.url(ports.postgres()), "postgres", secrets.get("db.superuser"));
    }

    @Override
    public void close() throws IOException {
        try {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("a server did not stop", e);
        }
    }
}

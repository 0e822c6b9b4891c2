package org.yiqi.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded PostgreSQL. Unlike the library's defaults, which suit throw-away tests, it is durable and asks every
 * connection for a password; the start-up refuses to go on when it is not.
 */
final class Database implements AutoCloseable {

    static final String NAME = "yiqi";
    private static final String FOLDER = "postgres";
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private Database(EmbeddedPostgres server) {
        this.server = server;
    }

    static Database start(Path home, DataFolder data, Secrets secrets, int port) throws IOException {
        Path folder = data.resolve(FOLDER);
        if (Files.exists(folder) && !Files.exists(folder.resolve("global/pg_control"))) {
            throw new StartupProblem(
                    folder + " is not complete, an earlier first start was interrupted:" + " start once with --fresh.");
        }
        Path passwordFile = data.resolve("postgres.password");
        Path log = data.newLog("postgres.log");
        Files.writeString(passwordFile, secrets.get("db.superuser") + "\n", StandardCharsets.UTF_8);
        try {
            Path binaries = Files.createDirectories(home.resolve("postgres-binaries"));
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    // The library passes these on to initdb: the superuser has a password from the first moment.
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setConnectConfig("password", secrets.get("db.superuser"))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "''")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("log_min_duration_statement", "2000")
                    .start();
            Database database = new Database(server);
            database.requireDurableAndGuarded();
            return database;
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** A launcher that was killed leaves its PostgreSQL running on our folder: end it, as we hold the folder's lock. */
    static void stopLeftBehind(DataFolder data) throws IOException {
        Path folder = data.resolve(FOLDER);
        Path pidFile = folder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> process = lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        if (process.isEmpty() || !process.get().info().command().orElse("").endsWith("/postgres")) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            throw new StartupProblem(
                    "A PostgreSQL of an earlier run (process " + process.get().pid() + ") still works on " + folder
                            + ": wait for it or stop it.",
                    stillThere);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireDurableAndGuarded() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!"on".equals(query("SELECT current_setting('" + setting + "')"))) {
                throw new StartupProblem("PostgreSQL runs with " + setting + " off and could lose what it acknowledged:"
                        + " remove that setting from its postgresql.conf.");
            }
        }
        if (!"0".equals(query("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'"))) {
            throw new StartupProblem(
                    "PostgreSQL accepts connections without a password: replace 'trust' in its pg_hba.conf.");
        }
    }

    /** Creates the database and its roles, as an operator would with psql, from the same file. */
    void prepare(Path scripts, Secrets secrets) throws IOException, SQLException {
        if ("0".equals(query("SELECT count(*) FROM pg_database WHERE datname = '" + NAME + "'"))) {
            run("postgres", "CREATE DATABASE " + NAME);
        }
        StringBuilder script =
                new StringBuilder(Files.readString(scripts.resolve("roles.sql"), StandardCharsets.UTF_8));
        for (String role : List.of("owner", "app", "worker", "auditor", "broker")) {
            script.append(";\nALTER ROLE yiqi_").append(role).append(" PASSWORD ");
            script.append(literal(secrets.get("db." + role)));
        }
        run(NAME, script.toString());
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private void run(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase(SUPERUSER, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One value of Yiqi's own database, as text. */
    String ask(String sql) {
        return query(NAME, sql);
    }

    private String query(String sql) {
        return query("postgres", sql);
    }

    private String query(String database, String sql) {
        try (Connection connection = server.getDatabase(SUPERUSER, database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new StartupProblem("PostgreSQL does not answer: see postgres.log.", e);
        }
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

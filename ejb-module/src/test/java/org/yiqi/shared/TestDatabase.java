package org.yiqi.shared;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.db.Migrations;
import org.yiqi.shared.db.Unpooled;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/**
 * A real PostgreSQL with the real roles and migrations, started once for all tests of the module. Each test makes its own
 * organisations and units (random ids), so tests do not need an empty database.
 */
public final class TestDatabase {

    private static final String PASSWORD = "test";
    private static final TestDatabase INSTANCE = new TestDatabase();

    private final EmbeddedPostgres server;

    private TestDatabase() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .start();
            try (Connection c = server.getPostgresDatabase().getConnection();
                    Statement s = c.createStatement()) {
                s.execute("create database yiqi");
            }
            try (Connection c = server.getDatabase("postgres", "yiqi").getConnection();
                    Statement s = c.createStatement()) {
                s.execute(Files.readString(
                        Path.of(System.getProperty("yiqi.home", ".."), "config", "postgres", "roles.sql")));
                for (String role : new String[] {"owner", "app", "worker", "auditor", "broker"}) {
                    s.execute("alter role yiqi_" + role + " password '" + PASSWORD + "'");
                }
            }
            Migrations.run(url(), "yiqi_owner", PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestDatabase get() {
        return INSTANCE;
    }

    /** A server of its own, for what must find an empty database; it ends with the JVM. */
    public static TestDatabase empty() {
        return new TestDatabase();
    }

    public void stop() throws IOException {
        server.close();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/yiqi";
    }

    /** The pool-less data source of a role: app, worker, auditor, broker or owner. */
    public DataSource as(String role) {
        return Unpooled.database(url(), "yiqi_" + role, PASSWORD, "test");
    }

    /** A superuser's connection: what a database administrator behind the application's back has. */
    public Connection administrator() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/yiqi", "postgres", "postgres");
    }

    /** Runs work in one transaction of the application's role, as a member of the organisation. */
    public <R> R inOrg(UUID org, Work<R> work) throws SQLException {
        return in(org.toString(), Scope.MEMBER, work);
    }

    public <R> R inScope(Scope scope, Work<R> work) throws SQLException {
        return in("", scope, work);
    }

    private <R> R in(String org, Scope scope, Work<R> work) throws SQLException {
        try (Connection c = as("app").getConnection()) {
            c.setAutoCommit(false);
            TenancyInterceptor.apply(c, org, scope);
            try {
                R result = work.run(c);
                c.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                c.rollback();
                throw e;
            }
        }
    }

    /** Adds an approved organisation and returns its id. */
    public UUID organisation(String kind) throws SQLException {
        UUID id = Ids.next();
        return inScope(Scope.SYSTEM, c -> {
            try (var s = c.prepareStatement("""
                insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, remit, status, created_at)
                values (?, ?, ?, ?, ?, '330100', case when ? = 'REGULATOR' then 'HEALTH' end, 'APPROVED', now())\
                """)) {
                s.setObject(1, id);
                s.setString(2, kind);
                s.setString(3, "测试" + id);
                s.setString(4, "Test " + id);
                s.setString(5, id.toString());
                s.setString(6, kind);
                s.executeUpdate();
                return id;
            }
        });
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<R> {
        R run(Connection c) throws SQLException;
    }
}

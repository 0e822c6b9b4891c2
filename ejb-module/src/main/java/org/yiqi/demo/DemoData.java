package org.yiqi.demo;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.ledger.HistoryImport;

/** Fills an empty database with the demo region and writes its accounts to {@code demo-accounts.json}. */
@Singleton
@Startup
@DependsOn("Migrations")
public class DemoData {

    /** One password for all made up people: the demo is for trying out, on loopback. */
    static final String PASSWORD = "Yiqi-demo-2026";

    static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");

    private static final Logger LOG = Logger.getLogger(DemoData.class.getName());

    @Resource
    ManagedThreadFactory threads;

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    @ConfigProperty(name = "yiqi.demo")
    boolean wanted;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @Inject
    HistoryImport history;

    @Inject
    Clock clock;

    private volatile boolean stopping;

    @PostConstruct
    void begin() {
        if (wanted) {
            threads.newThread(this::fill).start();
        }
    }

    @PreDestroy
    void end() {
        stopping = true;
    }

    /** People first, so that one can sign in; the rest when the ledger has begun, which takes a moment. */
    private void fill() {
        try (Connection c = dataSource.getConnection()) {
            c.setAutoCommit(false);
            if (isEmpty(c, "organisation.organisation")) {
                new DemoStory(c, clock.instant()).members();
                c.commit();
            }
            if (isEmpty(c, "equipment.unit")) {
                while (!history.canBegin(c)) {
                    c.rollback();
                    if (stopping) {
                        return;
                    }
                    LockSupport.parkNanos(100_000_000);
                }
                Instant began = clock.instant();
                new DemoStory(c, began).year(history);
                c.commit();
                LOG.info(() -> "The demo region was written in "
                        + Duration.between(began, clock.instant()).toMillis() + " ms");
            }
            writeAccounts();
        } catch (SQLException e) {
            LOG.log(Level.SEVERE, "The demo data could not be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Connection c, String table) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select not exists (select 1 from " + table + ")")) {
            rs.next();
            return rs.getBoolean(1);
        }
    }

    private void writeAccounts() throws IOException {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (DemoPeople.Account a : DemoPeople.accounts()) {
            array.add(Json.createObjectBuilder()
                    .add("username", a.username())
                    .add("password", PASSWORD)
                    .add("role", a.role())
                    .add("organisation", a.organisation()));
        }
        Files.createDirectories(Path.of(dataDir));
        Files.writeString(
                Path.of(dataDir).resolve("demo-accounts.json"), array.build().toString(), StandardCharsets.UTF_8);
    }
}

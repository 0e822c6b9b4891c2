package org.yiqi.demo;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.organisation.PasswordHashes;
import org.yiqi.shared.Roles;

/** Fills an empty database with the demo region and writes its accounts to {@code demo-accounts.json}. */
@Singleton
@Startup
@DependsOn("Migrations")
public class DemoData {

    /** One password for all made up people: the demo is for trying out, on loopback. */
    private static final String PASSWORD = "Yiqi-demo-2026";

    private static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    @ConfigProperty(name = "yiqi.demo")
    boolean wanted;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @PostConstruct
    void fill() {
        if (!wanted) {
            return;
        }
        try (Connection c = dataSource.getConnection()) {
            if (isEmpty(c)) {
                List<Account> accounts = people(c);
                DemoCredentials.write(c, SINCE, LocalDate.now(ZoneId.of("Asia/Shanghai")));
                writeAccounts(accounts);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The demo data could not be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select not exists (select 1 from organisation.organisation)")) {
            rs.next();
            return rs.getBoolean(1);
        }
    }

    private static List<Account> people(Connection c) throws SQLException {
        List<Account> accounts = new ArrayList<>();
        String hash = PasswordHashes.of(PASSWORD);
        try (PreparedStatement org = c.prepareStatement("""
                        insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, address,
                          latitude, longitude, level, remit, status, created_at)
                        values (?,?,?,?,?,?,?,?,?,?,nullif(?,''),'APPROVED',?)""");
                PreparedStatement person = c.prepareStatement(
                        "insert into organisation.person(id, username, name, password_hash, created_at) values (?,?,?,?,?)");
                PreparedStatement member = c.prepareStatement(
                        "insert into organisation.membership(person_id, org_id, department, roles, since) values (?,?,?,?,?)")) {
            int number = 0;
            for (DemoRegion.Member m : DemoRegion.MEMBERS) {
                UUID orgId = DemoIds.of("org", m.key());
                Object[] row = {
                    orgId,
                    m.kind(),
                    m.nameZh(),
                    m.nameEn(),
                    DemoIds.creditCode(m.region(), number++),
                    m.region(),
                    m.addressZh(),
                    m.latitude(),
                    m.longitude(),
                    m.level(),
                    m.remit(),
                    Timestamp.from(SINCE)
                };
                run(org, row);
                for (Post post : posts(m.kind())) {
                    String username = m.key() + "." + post.name;
                    UUID personId = DemoIds.of("person", username);
                    run(person, personId, username, DemoIds.personName(username), hash, Timestamp.from(SINCE));
                    run(
                            member,
                            personId,
                            orgId,
                            post.department,
                            c.createArrayOf("text", post.roles.toArray()),
                            Timestamp.from(SINCE));
                    accounts.add(new Account(username, post.roles.get(0), m.nameZh()));
                }
            }
        }
        return accounts;
    }

    private static void run(PreparedStatement s, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
        s.executeUpdate();
    }

    private static List<Post> posts(String kind) {
        return switch (kind) {
            case "PLATFORM" ->
                List.of(
                        new Post("operator", "运营部", List.of(Roles.PLATFORM_OPERATOR, Roles.SIGNATORY)),
                        new Post("reviewer", "审核部", List.of(Roles.PLATFORM_REVIEWER)),
                        new Post("reviewer2", "审核部", List.of(Roles.PLATFORM_REVIEWER)),
                        new Post("auditor", "审计部", List.of(Roles.AUDITOR)),
                        new Post("admin", "综合部", List.of(Roles.ORG_ADMIN)));
            case "REGULATOR" -> List.of(new Post("inspector", "监督处", List.of(Roles.REGULATOR, Roles.SIGNATORY)));
            case "HOSPITAL" ->
                List.of(
                        new Post("equipment", "设备科", List.of(Roles.EQUIPMENT, Roles.SIGNATORY)),
                        new Post("doctor", "影像科", List.of(Roles.CLINICAL)),
                        new Post("finance", "财务科", List.of(Roles.FINANCE)),
                        new Post("admin", "院办", List.of(Roles.ORG_ADMIN)));
            case "SERVICE" ->
                List.of(
                        new Post("engineer", "工程部", List.of(Roles.TECHNICIAN, Roles.SIGNATORY)),
                        new Post("admin", "综合部", List.of(Roles.ORG_ADMIN)));
            case "SUPPLIER" ->
                List.of(new Post("sales", "销售部", List.of(Roles.SUPPLIER, Roles.SIGNATORY, Roles.ORG_ADMIN)));
            case "CARRIER" ->
                List.of(new Post("driver", "运输部", List.of(Roles.CARRIER, Roles.SIGNATORY, Roles.ORG_ADMIN)));
            default -> List.of(new Post("agent", "业务部", List.of(Roles.RECYCLER, Roles.SIGNATORY, Roles.ORG_ADMIN)));
        };
    }

    private void writeAccounts(List<Account> accounts) throws IOException {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Account a : accounts) {
            array.add(Json.createObjectBuilder()
                    .add("username", a.username)
                    .add("password", PASSWORD)
                    .add("role", a.role)
                    .add("organisation", a.organisation));
        }
        Files.createDirectories(Path.of(dataDir));
        Files.writeString(
                Path.of(dataDir).resolve("demo-accounts.json"), array.build().toString(), StandardCharsets.UTF_8);
    }

    private record Account(String username, String role, String organisation) {}

    private record Post(String name, String department, List<String> roles) {}
}

package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.shared.Roles;

/** The demo region's organisations and the people who work in them. */
final class DemoPeople {

    private final Connection c;

    DemoPeople(Connection c) {
        this.c = c;
    }

    /** An account as it is told to the user. */
    record Account(String username, String role, String organisation) {}

    static List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        for (DemoRegion.Member m : DemoRegion.MEMBERS) {
            for (Post post : posts(m.kind())) {
                accounts.add(new Account(m.key() + "." + post.name, post.roles.get(0), m.nameZh()));
            }
        }
        return accounts;
    }

    /** @param hash of the one password */
    void fill(String hash) throws SQLException {
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
                    Timestamp.from(DemoData.SINCE)
                };
                run(org, row);
                for (Post post : posts(m.kind())) {
                    String username = m.key() + "." + post.name;
                    UUID personId = DemoIds.of("person", username);
                    run(person, personId, username, DemoIds.personName(username), hash, Timestamp.from(DemoData.SINCE));
                    run(
                            member,
                            personId,
                            orgId,
                            post.department,
                            c.createArrayOf("text", post.roles.toArray()),
                            Timestamp.from(DemoData.SINCE));
                }
            }
        }
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
                        new Post("chief", "影像科", List.of(Roles.CLINICAL)),
                        new Post("committee", "装备委员会", List.of(Roles.COMMITTEE)),
                        new Post("party", "党委办公室", List.of(Roles.PARTY_COMMITTEE)),
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

    private record Post(String name, String department, List<String> roles) {}
}

package org.yiqi.procurement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** People with proved competences, and those whom a regulator admitted, for tests of panels. */
final class ExpertPool {

    private final TestDatabase db = TestDatabase.get();
    private final TestServices services;
    private final YiqiPrincipal regulator =
            new YiqiPrincipal("regulator", Ids.next(), Ids.next(), Scope.REGULATOR, Set.of(Roles.REGULATOR));

    ExpertPool(TestServices services) {
        this.services = services;
    }

    YiqiPrincipal regulator() {
        return regulator;
    }

    UUID organisation(String kind) {
        try {
            return db.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person of an organisation who can operate the categories. */
    YiqiPrincipal person(UUID org, String... categories) {
        UUID person = Ids.next();
        try (Connection c = db.administrator()) {
            update(
                    c,
                    "insert into organisation.person(id, username, name, password_hash, created_at) values (?,?,?,?,?)",
                    person,
                    "p" + person,
                    "Person " + person.toString().substring(24),
                    "",
                    services.clock().instant());
            update(
                    c,
                    "insert into organisation.membership(person_id, org_id, department, roles, since) values (?,?,?,?::text[],?)",
                    person,
                    org,
                    "",
                    "{CLINICAL}",
                    services.clock().instant());
            for (String category : categories) {
                update(
                        c,
                        """
                        insert into organisation.competence(id, org_id, person_id, category, certificate, valid_from, valid_to, added_by,
                          added_at) values (?,?,?,?,?,?,?,?,?)""",
                        Ids.next(),
                        org,
                        person,
                        category,
                        "C-1",
                        LocalDate.parse("2020-01-01"),
                        LocalDate.parse("2099-01-01"),
                        person,
                        services.clock().instant());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new YiqiPrincipal(
                "p", person, org, Scope.MEMBER, Set.of(Roles.CLINICAL, Roles.EQUIPMENT, Roles.SIGNATORY));
    }

    /** An admitted expert. */
    YiqiPrincipal expert(UUID org, String... categories) {
        YiqiPrincipal person = person(org, categories);
        Experts experts = services.get(Experts.class);
        ExpertView applied = services.as(person, () -> experts.apply("Chief technician"));
        services.as(regulator, () -> experts.admit(applied.id(), applied.version()));
        return person;
    }

    private static void update(Connection c, String statement, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(statement)) {
            Sql.bind(c, s, values);
            s.executeUpdate();
        }
    }
}

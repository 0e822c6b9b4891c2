package org.yiqi.oversight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.Finding;
import org.yiqi.ledger.LedgerCheck;

/**
 * Compares custody in the business tables with the ledger. Covered: {@code equipment.unit.custodian_id} and
 * {@code owner_id}, and the open row of {@code equipment.custody}.
 *
 * <p>A unit whose acts are still on their way is left out until they are recorded; a unit that no act mentions is not on
 * the ledger.
 */
final class CustodyCheck {

    private static final String SETTLED = """
            not exists (select 1 from ledger.act a where a.subject = 'custody:' || substr(s.key, 6)
              and a.state in ('PENDING', 'REJECTED'))""";

    private CustodyCheck() {}

    /** Units of which either side was written since, or everything. */
    static List<Finding> run(Connection c, @Nullable String since) throws SQLException {
        return run(c, since, null);
    }

    /** One unit, whenever it was written. */
    static List<Finding> of(Connection c, UUID unit) throws SQLException {
        return run(c, null, unit.toString());
    }

    private static List<Finding> run(Connection c, @Nullable String since, @Nullable String only) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String units = """
                select u.id, substr(s.key, 6) unit, s.value::jsonb ->> 'custodian' custodian, s.value::jsonb ->> 'owner' owner,
                  u.custodian_id::text found_custodian, u.owner_id::text found_owner
                from ledger.state s left join equipment.unit u on u.id = cast(substr(s.key, 6) as uuid)
                where s.key like 'unit/%%' and (cast(? as text) is null or s.key = 'unit/' || ?) and s.value::jsonb ->> 'closed' = 'false' and %s
                  and (u.id is null or %s or %s)""".formatted(SETTLED, LedgerCheck.writtenSince("s"), LedgerCheck.writtenSince("u"));
        query(c, units, since, only, rs -> {
            String unit = rs.getString("unit");
            String subject = "custody:" + unit;
            if (rs.getString("id") == null) {
                findings.add(new Finding(
                        Finding.Kind.ROW_MISSING,
                        "equipment.unit",
                        unit,
                        "",
                        "a unit that is on the ledger",
                        "",
                        subject));
                return;
            }
            compare(
                    findings,
                    "equipment.unit",
                    unit,
                    "custodian_id",
                    rs.getString("custodian"),
                    rs.getString("found_custodian"),
                    subject);
            compare(
                    findings,
                    "equipment.unit",
                    unit,
                    "owner_id",
                    rs.getString("owner"),
                    rs.getString("found_owner"),
                    subject);
        });
        String periods = """
                select substr(s.key, 6) unit, s.value::jsonb ->> 'custodian' custodian, c.id, c.org_id::text org
                from ledger.state s left join equipment.custody c
                  on c.unit_id = cast(substr(s.key, 6) as uuid) and c.to_at is null
                where s.key like 'unit/%%' and (cast(? as text) is null or s.key = 'unit/' || ?) and s.value::jsonb ->> 'closed' = 'false' and %s
                  and exists (select 1 from equipment.unit u where u.id = cast(substr(s.key, 6) as uuid))
                  and (c.id is null or %s or %s)""".formatted(SETTLED, LedgerCheck.writtenSince("s"), LedgerCheck.writtenSince("c"));
        query(c, periods, since, only, rs -> {
            String unit = rs.getString("unit");
            String subject = "custody:" + unit;
            if (rs.getString("id") == null) {
                findings.add(new Finding(
                        Finding.Kind.ROW_MISSING,
                        "equipment.custody",
                        "unit " + unit,
                        "",
                        "an open period of " + rs.getString("custodian"),
                        "",
                        subject));
                return;
            }
            compare(
                    findings,
                    "equipment.custody",
                    rs.getString("id"),
                    "org_id",
                    rs.getString("custodian"),
                    rs.getString("org"),
                    subject);
        });
        return findings;
    }

    private static void compare(
            List<Finding> findings,
            String table,
            String row,
            String column,
            String expected,
            String found,
            String subject) {
        if (!expected.equals(found)) {
            findings.add(new Finding(Finding.Kind.ROW_CHANGED, table, row, column, expected, found, subject));
        }
    }

    private static void query(Connection c, String sql, @Nullable String since, @Nullable String only, Row row)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setString(1, only);
            s.setString(2, only);
            for (int i = 3; i <= 6; i++) {
                s.setString(i, since);
            }
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    row.read(rs);
                }
            }
        }
    }

    private interface Row {
        void read(ResultSet rs) throws SQLException;
    }
}

package org.yiqi.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.tenancy.Scope;

/** Read from the catalogue, so that a new table without row-level security fails here before anyone looks at it. */
class RowSecurityIT {

    /** The names that a column has when it says whose a row is. */
    private static final String TENANT_COLUMN =
            "a.attname in ('org_id','owner_id','owner_org','owner_org_id','org','lessee_id','lender_id','custodian_id')";

    /** Everyone may read these: partners must find each other, a model is nobody's, keys are public, default rules are shared, open data is open. */
    private static final Set<String> KNOWN_TO_ALL = Set.of(
            "organisation.organisation",
            "equipment.model",
            "ledger.organisation_key",
            "telemetry.rule",
            "procurement.ocds_release",
            "procurement.ocds_package",
            "procurement.award_notice");

    private final TestDatabase db = TestDatabase.get();

    @Test
    void everyTableThatSaysWhoseARowIsForcesRowSecurity() throws SQLException {
        List<String> bare = names("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r','p') and not c.relispartition
                   and n.nspname not in ('pg_catalog','information_schema','flyway')
                   and exists (select 1 from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and %s)
                   and not (c.relrowsecurity and c.relforcerowsecurity) order by 1""".formatted(TENANT_COLUMN));
        assertEquals(List.of(), bare, "tables of tenants without forced row security");
    }

    @Test
    void noPolicyLetsTheApplicationReadWithoutAContext() throws SQLException {
        List<String> open = names("""
                select schemaname || '.' || tablename from pg_policies
                 where ('yiqi_app' = any(roles) or 'public' = any(roles)) and cmd in ('SELECT','ALL')
                   and coalesce(qual, 'true') = 'true' order by 1""");
        open.removeAll(KNOWN_TO_ALL);
        assertEquals(List.of(), open, "policies that let the application read everything");
    }

    @Test
    void withoutAContextTheApplicationSeesNoRowOfAnyTenant() throws SQLException {
        db.organisation("HOSPITAL");
        List<String> guarded = names("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r','p') and c.relrowsecurity
                   and has_schema_privilege('yiqi_app', n.oid, 'usage') and has_table_privilege('yiqi_app', c.oid, 'select')""");
        guarded.removeAll(KNOWN_TO_ALL);
        List<String> seen = new ArrayList<>();
        for (String table : guarded) {
            long rows = db.inScope(Scope.ANONYMOUS, c -> count(c, table));
            if (rows > 0) {
                seen.add(table + ": " + rows);
            }
        }
        assertEquals(List.of(), seen, "rows that are seen without a context");
    }

    @Test
    void noRoleOfTheApplicationIsAboveTheRules() throws SQLException {
        List<String> mighty = names(
                "select rolname from pg_roles where rolname like 'yiqi%' and (rolsuper or rolbypassrls or rolcreaterole)");
        assertEquals(List.of(), mighty);
    }

    private static long count(Connection c, String table) throws SQLException {
        try (var s = c.createStatement();
                ResultSet rs = s.executeQuery("select count(*) from " + table)) {
            rs.next();
            return rs.getLong(1);
        }
    }

    private List<String> names(String sql) throws SQLException {
        try (Connection c = db.administrator();
                var s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (rs.next()) {
                names.add(rs.getString(1));
            }
            return names;
        }
    }
}

package org.yiqi.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.tenancy.Scope;

class TenancyIT {

    private final TestDatabase db = TestDatabase.get();

    @Test
    void anOrganisationSeesOnlyItsOwnAuditEntries() throws SQLException {
        UUID mine = db.organisation("HOSPITAL");
        UUID other = db.organisation("HOSPITAL");
        db.inOrg(mine, c -> entry(c, mine));
        db.inOrg(other, c -> entry(c, other));
        assertEquals(1, (long) db.inOrg(mine, c -> count(c, "org_id in ('" + mine + "','" + other + "')")));
        assertEquals(
                2, (long) db.inScope(Scope.REGULATOR, c -> count(c, "org_id in ('" + mine + "','" + other + "')")));
    }

    @Test
    void withoutAContextNothingIsSeen() throws SQLException {
        UUID mine = db.organisation("HOSPITAL");
        db.inOrg(mine, c -> entry(c, mine));
        assertEquals(0, (long) db.inScope(Scope.ANONYMOUS, c -> count(c, "true")));
    }

    @Test
    void theApplicationCannotChangeAnAuditEntry() throws SQLException {
        UUID mine = db.organisation("HOSPITAL");
        db.inOrg(mine, c -> entry(c, mine));
        assertThrows(
                SQLException.class,
                () -> db.inOrg(mine, c -> c.createStatement().executeUpdate("update audit.entry set action = 'x'")));
    }

    private static Object entry(Connection c, UUID org) throws SQLException {
        AuditLog.write(c, Instant.parse("2026-11-22T08:00:00Z"), org, null, "test.done", "x", Map.of());
        return org;
    }

    private static long count(Connection c, String where) throws SQLException {
        try (var s = c.createStatement();
                ResultSet rs = s.executeQuery("select count(*) from audit.entry where " + where)) {
            rs.next();
            return rs.getLong(1);
        }
    }
}

package org.yiqi.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.tenancy.Scope;

/** Units with credentials, and questions to the tables, for the tests of this area. */
public final class TelemetryFixture {

    private final TestDatabase db = TestDatabase.get();

    public TestDatabase database() {
        return db;
    }

    /** A unit of a new hospital, with a credential, so that its messages are taken in. */
    public UUID device() throws SQLException {
        return deviceOf(db.organisation("HOSPITAL"));
    }

    public UUID deviceOf(UUID owner) throws SQLException {
        UUID model = Ids.next();
        UUID unit = Ids.next();
        db.inScope(Scope.SYSTEM, c -> {
            run(
                    c,
                    "insert into equipment.model (id, name_en, manufacturer, source, created_at, updated_at) values (?, 'MRI', 'Test', 'MANUAL', now(), now())",
                    model);
            run(c, """
                    insert into equipment.unit (id, model_id, owner_id, custodian_id, asset_tag, label_code, created_at, updated_at)
                    values (?, ?, ?, ?, ?, ?, now(), now())""", unit, model, owner, owner, unit.toString(), unit.toString());
            return run(
                    c,
                    "insert into telemetry.device_credential (device_id, hash, issued_at) values (?, '\\x00', now())",
                    unit);
        });
        return unit;
    }

    public static int run(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            return s.executeUpdate();
        }
    }

    /** The single value that a query answers. */
    public String ask(String sql, Object... values) throws SQLException {
        try (Connection c = db.as("worker").getConnection();
                PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? String.valueOf(rs.getObject(1)) : "nothing";
            }
        }
    }
}

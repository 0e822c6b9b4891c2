package org.yiqi.equipment;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** What happened to a unit, for the people who look after it; proof is the ledger's business. */
final class HistoryLog {

    private static final Jsonb JSON = JsonbBuilder.create();
    private static final Type TEXTS =
            new HashMap<String, String>() {}.getClass().getGenericSuperclass();

    private HistoryLog() {}

    static void write(
            Connection c,
            Caller caller,
            UUID unitId,
            Instant at,
            String kind,
            @Nullable UUID referenceId,
            Map<String, String> details)
            throws SQLException {
        YiqiPrincipal who = caller.find();
        Sql.run(
                c,
                """
                insert into equipment.history(unit_id, at, kind, org_id, person_id, reference_id, details)
                values (?,?,?,?,?,?,cast(? as jsonb))""",
                unitId,
                at,
                kind,
                who == null ? null : who.orgId(),
                who == null ? null : who.personId(),
                referenceId,
                JSON.toJson(new TreeMap<>(details)));
    }

    static List<HistoryEntry> read(Connection c, UUID unitId, int limit) throws SQLException {
        return Sql.all(
                c,
                "select * from equipment.history where unit_id = ? order by at desc, id desc limit ?",
                HistoryLog::entry,
                unitId,
                limit);
    }

    private static HistoryEntry entry(ResultSet rs) throws SQLException {
        return new HistoryEntry(
                Sql.instant(rs, "at"),
                rs.getString("kind"),
                Sql.uuidOrNull(rs, "org_id"),
                Sql.uuidOrNull(rs, "person_id"),
                Sql.uuidOrNull(rs, "reference_id"),
                texts(rs.getString("details")));
    }

    static Map<String, String> texts(String json) {
        Map<String, String> read = JSON.fromJson(json, TEXTS);
        return read;
    }

    static String json(Map<String, String> texts) {
        return JSON.toJson(new TreeMap<>(texts));
    }
}

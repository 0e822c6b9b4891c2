package org.yiqi.benchmarks;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A regulator recalls a lot of five thousand units among a hundred thousand of sixty organisations, by API: all of them found, held
 * and their owners told, and then each hold an act that the authority has signed. The reference writes the same rows with bare
 * statements in one transaction of the same database, knowing already which.
 */
final class MassRecall implements Benchmark {

    private static final int UNITS = 100_000;
    private static final int ORGANISATIONS = 60;
    private static final int RECALLED = 5_000;
    private static final double MOST_SECONDS = 60;

    private static final List<String> LOT = List.of(
            "set session_replication_role = replica",
            "update equipment.unit set lot = 'OTHER' where label_code like '%0' and asset_tag like 'TAG-%'",
            """
            update equipment.unit set lot = 'RECALLED', model_id = md5('model0')::uuid
            where id in (select md5('unit' || i * 20)::uuid from generate_series(0, 4999) i)""",
            """
            insert into ledger.state(key, value) select 'unit/' || id,
              '{"closed":false,"custodian":"' || owner_id || '","offeredTo":null,"owner":"' || owner_id || '"}'
            from equipment.unit where lot = 'RECALLED'""",
            "set session_replication_role = origin",
            "vacuum analyze");

    private static final List<String> BARE = List.of(
            """
            insert into oversight.recall(id, number, org_id, title, reason, recall_class, model_id, lot, state, rule_of, issued_by, issued_at, notice_due)
            values (md5('bare')::uuid, 'R-BARE', md5('org0')::uuid, 'bare', 'bare', 'II', md5('model0')::uuid, 'RECALLED', 'ISSUED', current_date,
              md5('person0')::uuid, now(), now())""",
            """
            insert into oversight.recall_unit(recall_id, unit_id, found_as, owner_id, custodian_id, status_found, held, found_at)
            select md5('bare')::uuid, id, 'UNIT', owner_id, custodian_id, status, true, now() from equipment.unit where lot = 'RECALLED'""",
            """
            insert into equipment.hold(id, unit_id, kind, reason, reference_id, placed_at)
            select gen_random_uuid(), id, 'QUARANTINE', 'bare', md5('bare')::uuid, now() from equipment.unit where lot = 'RECALLED'""",
            """
            insert into equipment.history(unit_id, at, kind, reference_id)
            select id, now(), 'status-changed', md5('bare')::uuid from equipment.unit where lot = 'RECALLED'""",
            "update equipment.unit set status = 'QUARANTINED', version = version + 1, updated_at = now() where lot = 'RECALLED'",
            """
            insert into oversight.recall_notice(id, recall_id, org_id, as_custodian, as_owner, as_lessee, units, bookings, sent_at, due_at)
            select gen_random_uuid(), md5('bare')::uuid, owner_id, true, true, false, count(*), 0, now(), now() from equipment.unit
            where lot = 'RECALLED' group by owner_id""");

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        try (Instance instance = Instance.start(
                        workplace,
                        workplace.application(),
                        workplace.folder("data").resolve("recall"),
                        15800,
                        "--fresh");
                Connection c = instance.administrator()) {
            ManyUnits.fill(c, UNITS, ORGANISATIONS);
            run(c, LOT);
            double bare = bare(c);
            Client regulator = new Client(instance, "health.inspector");
            JsonObject recall = Json.createObjectBuilder()
                    .add("title", "Battery swells")
                    .add("reason", "It may burn")
                    .add("recallClass", "I")
                    .add(
                            "scope",
                            Json.createObjectBuilder()
                                    .add("deviceIdentifier", "00000000000000")
                                    .add("lot", "RECALLED"))
                    .build();
            long began = System.nanoTime();
            JsonObject issued = regulator.post("/oversight/recalls", recall);
            double whole = (System.nanoTime() - began) / 1e9;
            if (issued.getInt("held") != RECALLED || issued.getInt("proposed") != RECALLED) {
                throw new IllegalStateException("not all were found, held and signed: " + issued);
            }
            double held = secondsUntilHeld(c, issued.getString("id"));
            return List.of(
                    figure("recall of 5,000 of 100,000: held and told / bare writes", held, bare),
                    figure("the same with every act signed / bare writes", whole, bare));
        }
    }

    /** From the recall's own time until the first act was signed: by then holds and notices are committed. */
    private static double secondsUntilHeld(Connection c, String recall) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(
                        "select extract(epoch from (select min(a.created_at) from ledger.act a where a.reference = k.id) - k.issued_at)"
                                + " from oversight.recall k where k.id = '" + recall + "'")) {
            rs.next();
            return rs.getDouble(1);
        }
    }

    private static double bare(Connection c) throws SQLException {
        c.setAutoCommit(false);
        long began = System.nanoTime();
        run(c, BARE);
        double seconds = (System.nanoTime() - began) / 1e9;
        c.rollback();
        c.setAutoCommit(true);
        return seconds;
    }

    private static void run(Connection c, List<String> statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
            }
        }
    }

    private static Figure figure(String what, double ours, double bare) {
        return new Figure(
                what, Figure.seconds(ours), Figure.seconds(bare), ours / bare, "at most 60 s", ours <= MOST_SECONDS);
    }
}

package org.yiqi.oversight;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** A regulator, hospitals with units that the ledger knows, and a ledger that has begun. */
final class RecallFixture {

    static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    /** Serial numbers of units that are made one at a time. */
    private final AtomicInteger next = new AtomicInteger(100);

    final TestDatabase db;
    final TestServices services;
    final LedgerFixture ledger;
    final UUID authority;
    final YiqiPrincipal regulator;

    RecallFixture(TestDatabase db) {
        this.db = db;
        this.services = new TestServices(db);
        this.ledger = new LedgerFixture(db, services.clock()).addFounders();
        ledger.wire(services);
        services.clock().set(NOW);
        services.get(Recalls.class).nameConstraints();
        this.authority = UUID.fromString(text(
                "select id::text from organisation.organisation where kind = 'REGULATOR' order by created_at limit 1"));
        this.regulator = person(authority, Scope.REGULATOR, Roles.REGULATOR, Roles.SIGNATORY);
    }

    void begin(Path dataDir) throws SQLException {
        ledger.relayAll(dataDir);
    }

    UUID organisation(String kind) {
        try {
            return db.organisation(kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static YiqiPrincipal person(UUID org, Scope scope, String... roles) {
        return new YiqiPrincipal("p-" + Ids.next(), Ids.next(), org, scope, Set.of(roles));
    }

    UUID model(String identifier) throws SQLException {
        UUID id = Ids.next();
        sql("""
                insert into equipment.model(id, issuer, device_identifier, name_zh, name_en, manufacturer, source, created_at, updated_at)
                values (?, 'GS1', ?, '输液泵', 'Infusion pump', 'Jiyuan', 'MANUAL', now(), now())""", id, identifier);
        return id;
    }

    /** Units numbered SN-1 and on, registered on the ledger; each organisation in turn owns and holds one. */
    void units(UUID model, String lot, int count, UUID... owners) throws SQLException {
        units(model, lot, 1, count, owners);
    }

    private void units(UUID model, String lot, int first, int count, UUID... owners) throws SQLException {
        sql("""
                with n as (insert into equipment.unit(id, model_id, owner_id, custodian_id, serial, lot, asset_tag, label_code, status, region_code, created_at, updated_at)
                  select gen_random_uuid(), ?, o.id, o.id, ? || 'SN-' || i, ?, ? || i, gen_random_uuid()::text, 'AVAILABLE', '330100', now(), now()
                  from generate_series(cast(? as int), cast(? as int)) i
                  join (select row_number() over () - 1 n, id from unnest(cast(? as uuid[])) id) o on o.n = i % ? returning id, owner_id),
                held as (insert into equipment.custody(id, unit_id, org_id, from_at, act_id)
                  select gen_random_uuid(), id, owner_id, now() - interval '1 day', gen_random_uuid() from n)
                insert into ledger.state(key, value) select 'unit/' || id,
                  '{"closed":false,"custodian":"' || owner_id || '","offeredTo":null,"owner":"' || owner_id || '"}' from n""", model, lot, lot, Ids.next() + "-", first, first + count - 1, owners, owners.length);
    }

    UUID unit(UUID model, String lot, UUID owner) throws SQLException {
        units(model, lot, next.incrementAndGet(), 1, owner);
        return services.asScope(Scope.SYSTEM, () -> services.get(org.yiqi.shared.db.Sql.class)
                .first(
                        "select id from equipment.unit where model_id = ? and owner_id = ? order by created_at desc limit 1",
                        rs -> rs.getObject(1, UUID.class),
                        model,
                        owner)
                .orElseThrow());
    }

    void sql(String statement, Object... values) throws SQLException {
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i] instanceof UUID[] ids ? c.createArrayOf("uuid", ids) : values[i]);
            }
            s.execute();
        }
    }

    String text(String query, Object... values) {
        return services.asScope(Scope.SYSTEM, () -> services.get(org.yiqi.shared.db.Sql.class)
                .first(query, rs -> rs.getString(1), values)
                .orElse(""));
    }

    /** A part that a repair has fitted. */
    void fit(UUID unit, UUID owner, String udi) throws SQLException {
        UUID order = Ids.next();
        sql("""
                insert into maintenance.work_order(id, number, kind, source, cause, unit_id, model_name, asset_tag, serial_number, place,
                  region_code, owner_org, custodian_org, symptom, description, safety, severity, risk, downtime, state, since, requested_at)
                values (?, ?, 'CORRECTIVE', 'PERSON', '', ?, 'm', 't', '', '', '330100', ?, ?, 'OTHER', '', false, 'LOW', 0, 0, 'CLOSED', now(), now())""", order, order.toString(), unit, owner, owner);
        sql("""
                insert into maintenance.part_use(id, work_order_id, unit_id, number, name_zh, name_en, quantity, udi, unit_price_minor, state, at)
                values (?, ?, ?, 'P', '泵芯', 'Core', 1, ?, 0, 'FITTED', now())""", Ids.next(), order, unit, udi);
    }
}

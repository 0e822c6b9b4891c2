package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Ids;

/** Writes an import's batches and how far it is, each batch in a transaction of its own, as background work. */
@ApplicationScoped
public class ImportStore {

    private static final String SEPARATOR = "\u001f";

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    /** What a batch did. */
    record Outcome(int read, int created, int updated, int unchanged) {}

    @Transactional(TxType.REQUIRES_NEW)
    void begin(UUID id) {
        update("update equipment.import set state = 'RUNNING' where id = ?", id);
    }

    @Transactional(TxType.REQUIRES_NEW)
    void end(UUID id, ImportState state, String message) {
        update(
                "update equipment.import set state = ?, message = ?, finished_at = ? where id = ?",
                state,
                message,
                clock.instant(),
                id);
    }

    /** Imports that were under way when the server stopped. */
    @Transactional(TxType.REQUIRES_NEW)
    void interruptAll() {
        update("""
                update equipment.import set state = 'INTERRUPTED', finished_at = ? where state in ('QUEUED','RUNNING')""", clock.instant());
    }

    /** Puts models into the catalogue; what is there already in the same words stays untouched. */
    @Transactional(TxType.REQUIRES_NEW)
    void models(UUID id, UUID orgId, List<CatalogueRow> rows, List<ImportError> errors, long readBytes) {
        Sql.in(dataSource, c -> {
            Map<String, CatalogueRow> distinct = new LinkedHashMap<>();
            rows.forEach(row -> distinct.put(row.issuer() + SEPARATOR + key(row), row));
            List<Boolean> written = upsert(c, orgId, new ArrayList<>(distinct.values()), clock.instant());
            int created = (int) written.stream().filter(isNew -> isNew).count();
            int updated = written.size() - created;
            progress(
                    c,
                    id,
                    new Outcome(rows.size() + errors.size(), created, updated, rows.size() - written.size()),
                    errors,
                    readBytes);
            return true;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void units(UUID id, Outcome outcome, List<ImportError> errors, long readBytes) {
        Sql.in(dataSource, c -> {
            progress(c, id, outcome, errors, readBytes);
            return true;
        });
    }

    /** Models without an identifier are the same when maker, number and names are. */
    private static String key(CatalogueRow row) {
        String identifier = row.deviceIdentifier();
        return identifier != null
                ? identifier
                : String.join(SEPARATOR, row.manufacturer(), row.modelNumber(), row.nameZh(), row.nameEn());
    }

    /** @return for each row that was written whether it is new */
    private static List<Boolean> upsert(Connection c, UUID orgId, List<CatalogueRow> rows, Instant now)
            throws SQLException {
        return Sql.all(
                c,
                """
                insert into equipment.model as m (id, issuer, device_identifier, name_zh, name_en, manufacturer, model_number,
                  catalog_number, category, device_class, registration_number, gmdn_name, description, product_codes,
                  other_identifiers, parameters, source, fingerprint, created_by, created_at, updated_at)
                select r.id::uuid, r.issuer, r.di, r.zh, r.en, r.maker, r.number, r.catalog, r.category, r.class, r.registration,
                  r.gmdn, r.description, string_to_array(r.codes, chr(31)), string_to_array(r.others, chr(31)),
                  r.parameters::jsonb, r.source, r.fingerprint, ?, ?, ?
                from (select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  as u (id, issuer, di, zh, en, maker, number, catalog, category, class, registration, gmdn, description, codes,
                    others, parameters, source, fingerprint)) r
                where r.di is not null or not exists (select 1 from equipment.model x where x.device_identifier is null
                  and x.manufacturer = r.maker and x.model_number = r.number and x.name_zh = r.zh and x.name_en = r.en)
                on conflict (issuer, device_identifier) do update set version = m.version + 1, name_zh = excluded.name_zh,
                  name_en = excluded.name_en, manufacturer = excluded.manufacturer, model_number = excluded.model_number,
                  catalog_number = excluded.catalog_number, category = excluded.category, device_class = excluded.device_class,
                  registration_number = excluded.registration_number, gmdn_name = excluded.gmdn_name,
                  description = excluded.description, product_codes = excluded.product_codes,
                  other_identifiers = excluded.other_identifiers, parameters = excluded.parameters,
                  fingerprint = excluded.fingerprint, updated_at = excluded.updated_at
                where m.source = excluded.source and m.fingerprint <> excluded.fingerprint and m.fingerprint <> ''
                returning (xmax = 0) as created""",
                rs -> rs.getBoolean("created"),
                orgId,
                now,
                now,
                column(rows, row -> Ids.next().toString()),
                column(rows, CatalogueRow::issuer),
                column(rows, CatalogueRow::deviceIdentifier),
                column(rows, CatalogueRow::nameZh),
                column(rows, CatalogueRow::nameEn),
                column(rows, CatalogueRow::manufacturer),
                column(rows, CatalogueRow::modelNumber),
                column(rows, CatalogueRow::catalogNumber),
                column(rows, CatalogueRow::category),
                column(rows, CatalogueRow::deviceClass),
                column(rows, CatalogueRow::registrationNumber),
                column(rows, CatalogueRow::gmdnName),
                column(rows, CatalogueRow::description),
                column(rows, row -> String.join(SEPARATOR, row.productCodes())),
                column(rows, row -> String.join(SEPARATOR, row.otherIdentifiers())),
                column(rows, row -> HistoryLog.json(row.parameters())),
                column(rows, CatalogueRow::source),
                column(rows, CatalogueRow::fingerprint));
    }

    private static @Nullable String[] column(List<CatalogueRow> rows, Function<CatalogueRow, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static void progress(Connection c, UUID id, Outcome outcome, List<ImportError> errors, long readBytes)
            throws SQLException {
        Sql.run(
                c,
                """
                update equipment.import set rows_read = rows_read + ?, rows_created = rows_created + ?,
                  rows_updated = rows_updated + ?, rows_unchanged = rows_unchanged + ?, rows_refused = rows_refused + ?,
                  read_bytes = ? where id = ?""",
                outcome.read,
                outcome.created,
                outcome.updated,
                outcome.unchanged,
                errors.size(),
                readBytes,
                id);
        for (ImportError error : errors) {
            Sql.run(
                    c,
                    "insert into equipment.import_error(import_id, line, key, code, message) values (?,?,?,?,?)",
                    id,
                    error.line(),
                    error.key(),
                    error.code(),
                    error.message());
        }
    }

    private void update(String sql, @Nullable Object... values) {
        Sql.in(dataSource, c -> Sql.run(c, sql, values));
    }
}

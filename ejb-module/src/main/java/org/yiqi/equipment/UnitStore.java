package org.yiqi.equipment;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.domain.Unit;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.StaleVersion;

/** Units in the database. */
final class UnitStore {

    private UnitStore() {}

    /** Loads a unit and keeps others from changing it until the transaction ends. */
    static Unit lock(Connection c, UUID id) throws SQLException {
        return Sql.one(c, "select * from equipment.unit where id = ? for update", UnitStore::unit, id)
                .orElseThrow(UnitStore::missing);
    }

    /** {@link #lock} for who changes what a unit is or whose it is: while a recall searches, that waits. */
    static Unit lockIdentity(Connection c, UUID id) throws SQLException {
        Sql.one(c, "select equipment.share_identities()", rs -> true);
        return lock(c, id);
    }

    static NotFound missing() {
        return new NotFound("equipment.unit-not-found", "No such unit");
    }

    static void insert(Connection c, Unit unit, ModelView model, Instant now) throws SQLException {
        UnitDetails d = unit.details();
        Sql.run(
                c,
                """
                insert into equipment.unit(id, model_id, owner_id, custodian_id, maintainer_id, label_code, status,
                  resume_status, department, serial, lot, udi, manufactured_on, expires_on, asset_tag, condition, criticality, region_code, site, latitude,
                  longitude, acquired_on, acquisition_cost_minor, currency, warranty_until, end_of_support_on, firmware,
                  accessories, search_text, created_at, updated_at)
                values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                unit.id(),
                unit.modelId(),
                unit.ownerId(),
                unit.custodianId(),
                unit.maintainerId(),
                unit.labelCode(),
                unit.status(),
                resume(unit),
                d.department(),
                d.serial(),
                d.lot(),
                d.udi(),
                d.manufacturedOn(),
                d.expiresOn(),
                d.assetTag(),
                d.condition(),
                d.criticality(),
                d.regionCode(),
                d.site(),
                d.latitude(),
                d.longitude(),
                d.acquiredOn(),
                minor(d.acquisitionCost()),
                currency(d.acquisitionCost()),
                d.warrantyUntil(),
                d.endOfSupportOn(),
                d.firmware(),
                d.accessories(),
                searchText(d, model, unit.labelCode()),
                now,
                now);
    }

    static void updateDetails(Connection c, Unit unit, ModelView model, Instant now) throws SQLException {
        UnitDetails d = unit.details();
        int changed = Sql.run(
                c,
                """
                update equipment.unit set version = version + 1, maintainer_id = ?, department = ?, serial = ?, lot = ?,
                  manufactured_on = ?, expires_on = ?, asset_tag = ?, condition = ?, criticality = ?, region_code = ?, site = ?,
                  latitude = ?, longitude = ?, acquired_on = ?, acquisition_cost_minor = ?, currency = ?, warranty_until = ?,
                  end_of_support_on = ?, firmware = ?, accessories = ?, search_text = ?, updated_at = ?
                where id = ? and version = ?""",
                unit.maintainerId(),
                d.department(),
                d.serial(),
                d.lot(),
                d.manufacturedOn(),
                d.expiresOn(),
                d.assetTag(),
                d.condition(),
                d.criticality(),
                d.regionCode(),
                d.site(),
                d.latitude(),
                d.longitude(),
                d.acquiredOn(),
                minor(d.acquisitionCost()),
                currency(d.acquisitionCost()),
                d.warrantyUntil(),
                d.endOfSupportOn(),
                d.firmware(),
                d.accessories(),
                searchText(d, model, unit.labelCode()),
                now,
                unit.id(),
                unit.version());
        refuseStale(changed);
    }

    static void updateStatus(Connection c, Unit unit, Instant now) throws SQLException {
        refuseStale(Sql.run(c, """
                update equipment.unit set version = version + 1, status = ?, resume_status = ?, updated_at = ?
                where id = ? and version = ?""", unit.status(), resume(unit), now, unit.id(), unit.version()));
    }

    private static String resume(Unit unit) {
        UnitStatus resume = unit.resume();
        return resume == null ? "" : resume.name();
    }

    private static void refuseStale(int changed) {
        if (changed != 1) {
            throw new StaleVersion();
        }
    }

    static UnitDetails details(ResultSet rs) throws SQLException {
        long minor = rs.getLong("acquisition_cost_minor");
        Money cost = rs.wasNull() ? null : Money.ofMinor(minor, rs.getString("currency"));
        return new UnitDetails(
                rs.getString("asset_tag"),
                rs.getString("serial"),
                rs.getString("lot"),
                rs.getString("udi"),
                Sql.day(rs, "manufactured_on"),
                Sql.day(rs, "expires_on"),
                rs.getString("department"),
                rs.getString("region_code"),
                rs.getString("site"),
                Sql.real(rs, "latitude"),
                Sql.real(rs, "longitude"),
                Condition.valueOf(rs.getString("condition")),
                Criticality.valueOf(rs.getString("criticality")),
                Sql.day(rs, "acquired_on"),
                cost,
                Sql.day(rs, "warranty_until"),
                Sql.day(rs, "end_of_support_on"),
                rs.getString("firmware"),
                rs.getString("accessories"));
    }

    private static Unit unit(ResultSet rs) throws SQLException {
        String resume = rs.getString("resume_status");
        return new Unit(
                Sql.uuid(rs, "id"),
                rs.getLong("version"),
                Sql.uuid(rs, "model_id"),
                Sql.uuid(rs, "owner_id"),
                Sql.uuid(rs, "custodian_id"),
                Sql.uuidOrNull(rs, "maintainer_id"),
                rs.getString("label_code"),
                details(rs),
                UnitStatus.valueOf(rs.getString("status")),
                resume.isEmpty() ? null : UnitStatus.valueOf(resume));
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }

    private static String currency(@Nullable Money money) {
        return money == null ? "CNY" : money.currency();
    }

    static String searchText(UnitDetails d, ModelView model, String labelCode) {
        return String.join(
                        " ",
                        d.assetTag(),
                        d.serial(),
                        model.nameZh(),
                        model.nameEn(),
                        model.manufacturer(),
                        model.modelNumber(),
                        String.valueOf(model.deviceIdentifier()),
                        d.department(),
                        d.site(),
                        labelCode)
                .toLowerCase(Locale.ROOT);
    }
}

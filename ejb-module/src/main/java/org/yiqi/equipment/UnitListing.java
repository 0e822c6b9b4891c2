package org.yiqi.equipment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Listing;

/** How units are read for callers. */
final class UnitListing {

    static final Listing<UnitRow> ROWS = Listing.of(
                    "u.*, m.name_zh, m.name_en, m.manufacturer, m.model_number, m.category",
                    "equipment.unit u join equipment.model m on m.id = u.model_id",
                    "u.id",
                    UnitListing::row)
            .sort("assetTag", "u.asset_tag", "text")
            .sort("nameZh", "m.name_zh", "text")
            .sort("nameEn", "m.name_en", "text")
            .sort("category", "m.category", "text")
            .sort("status", "u.status", "text")
            .sort("serial", "u.serial", "text")
            .sort("region", "u.region_code", "text")
            .sort("department", "u.department", "text")
            .sort("condition", "u.condition", "text")
            .sort("updatedAt", "u.updated_at", "timestamptz")
            .sort("createdAt", "u.created_at", "timestamptz")
            .filter("id", "u.id", "uuid")
            .filter("status", "u.status", "text")
            .filter("category", "m.category", "text")
            .filter("owner", "u.owner_id", "uuid")
            .filter("custodian", "u.custodian_id", "uuid")
            .filterWhere("lentBy", "u.owner_id = any(cast(? as uuid[])) and u.custodian_id <> u.owner_id", "uuid")
            .filter("maintainer", "u.maintainer_id", "uuid")
            .filter("region", "u.region_code", "text")
            .filter("model", "u.model_id", "uuid")
            .filter("condition", "u.condition", "text")
            .filter("criticality", "u.criticality", "text")
            .filter("department", "u.department", "text")
            .filter("serial", "u.serial", "text")
            .filter("assetTag", "u.asset_tag", "text")
            .filter("deviceIdentifier", "m.device_identifier", "text")
            .search("u.id in (select equipment.units_like(lower(?)))")
            .countFrom("equipment.unit u");

    static final String ONE = """
            select u.*, m.id as m_id, m.version as m_version, m.created_at as m_created_at, m.updated_at as m_updated_at,
              m.issuer, m.device_identifier, m.name_zh, m.name_en, m.manufacturer, m.model_number, m.catalog_number, m.category,
              m.device_class, m.registration_number, m.gmdn_name, m.description, m.product_codes, m.other_identifiers,
              m.parameters, m.life_years, m.source,
              exists (select 1 from equipment.custody k where k.unit_id = u.id) as signed_for
            from equipment.unit u join equipment.model m on m.id = u.model_id where\s""";

    private UnitListing() {}

    private static UnitRow row(ResultSet rs) throws SQLException {
        return new UnitRow(
                Sql.uuid(rs, "id"),
                rs.getString("asset_tag"),
                rs.getString("serial"),
                Sql.uuid(rs, "model_id"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("manufacturer"),
                rs.getString("model_number"),
                rs.getString("category"),
                Sql.uuid(rs, "owner_id"),
                Sql.uuid(rs, "custodian_id"),
                rs.getString("department"),
                UnitStatus.valueOf(rs.getString("status")),
                Condition.valueOf(rs.getString("condition")),
                Criticality.valueOf(rs.getString("criticality")),
                rs.getString("region_code"),
                rs.getString("site"),
                rs.getString("label_code"),
                Sql.instant(rs, "updated_at"));
    }

    static UnitView view(ResultSet rs) throws SQLException {
        UUID id = Sql.uuid(rs, "id");
        UnitDetails d = UnitStore.details(rs);
        return new UnitView(
                id,
                rs.getLong("version"),
                model(rs),
                Sql.uuid(rs, "owner_id"),
                Sql.uuid(rs, "custodian_id"),
                Sql.uuidOrNull(rs, "maintainer_id"),
                d.department(),
                d.serial(),
                d.lot(),
                d.udi(),
                d.manufacturedOn(),
                d.expiresOn(),
                d.assetTag(),
                rs.getString("label_code"),
                UnitStatus.valueOf(rs.getString("status")),
                rs.getBoolean("signed_for"),
                d.condition(),
                d.criticality(),
                d.regionCode(),
                d.site(),
                d.latitude(),
                d.longitude(),
                d.acquiredOn(),
                Amount.ofNullable(d.acquisitionCost()),
                d.warrantyUntil(),
                d.endOfSupportOn(),
                d.firmware(),
                d.accessories(),
                Sql.instant(rs, "created_at"),
                Sql.instant(rs, "updated_at"));
    }

    private static ModelView model(ResultSet rs) throws SQLException {
        int lifeYears = rs.getInt("life_years");
        return new ModelView(
                Sql.uuid(rs, "m_id"),
                rs.getLong("m_version"),
                rs.getString("issuer"),
                rs.getString("device_identifier"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("manufacturer"),
                rs.getString("model_number"),
                rs.getString("catalog_number"),
                rs.getString("category"),
                rs.getString("device_class"),
                rs.getString("registration_number"),
                rs.getString("gmdn_name"),
                rs.getString("description"),
                Sql.texts(rs, "product_codes"),
                Sql.texts(rs, "other_identifiers"),
                HistoryLog.texts(rs.getString("parameters")),
                lifeYears == 0 ? null : lifeYears,
                rs.getString("source"),
                Sql.instant(rs, "m_created_at"),
                Sql.instant(rs, "m_updated_at"));
    }

    static UnitView withoutCost(UnitView u) {
        return new UnitView(
                u.id(),
                u.version(),
                u.model(),
                u.ownerId(),
                u.custodianId(),
                u.maintainerId(),
                u.department(),
                u.serial(),
                u.lot(),
                u.udi(),
                u.manufacturedOn(),
                u.expiresOn(),
                u.assetTag(),
                u.labelCode(),
                u.status(),
                u.signedFor(),
                u.condition(),
                u.criticality(),
                u.regionCode(),
                u.site(),
                u.latitude(),
                u.longitude(),
                u.acquiredOn(),
                null,
                u.warrantyUntil(),
                u.endOfSupportOn(),
                u.firmware(),
                u.accessories(),
                u.createdAt(),
                u.updatedAt());
    }
}

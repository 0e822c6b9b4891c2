package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Secured;

/**
 * What a recall has found: units, at its issue and those that have come since, and the rentals of them. Members see what they own,
 * hold or have booked.
 */
@Stateless
@Secured
public class RecalledUnits {

    private static final Listing<RecalledUnit> UNITS = Listing.of("""
                    x.*, u.serial, u.lot, u.asset_tag, u.region_code, u.latitude, u.longitude, u.status, m.name_zh, m.name_en,
                    o.name_zh owner_zh, o.name_en owner_en, c.name_zh custodian_zh, c.name_en custodian_en, coalesce(a.state, '') act_state""", """
                    oversight.recall_unit x join equipment.unit u on u.id = x.unit_id join equipment.model m on m.id = u.model_id
                    join organisation.organisation o on o.id = x.owner_id join organisation.organisation c on c.id = x.custodian_id
                    left join ledger.act a on a.id = coalesce(x.release_act_id, x.act_id)""", "x.unit_id", RecalledUnits::read)
            .countFrom("oversight.recall_unit x")
            .sort("serial", "u.serial", "text")
            .sort("assetTag", "u.asset_tag", "text")
            .sort("foundAt", "x.found_at", "timestamptz")
            .sort("custodian", "c.name_en", "text")
            .filter("recall", "x.recall_id", "uuid")
            .filter("foundAs", "x.found_as", "text")
            .filter("custodian", "x.custodian_id", "uuid")
            .filter("statusFound", "x.status_found", "text")
            .filterWhere(
                    "later",
                    "(x.found_at > (select k.issued_at from oversight.recall k where k.id = x.recall_id)) = any(cast(? as boolean[]))",
                    "boolean")
            .filterWhere("held", "x.held = any(cast(? as boolean[]))", "boolean")
            .search("(u.serial || ' ' || u.lot || ' ' || u.asset_tag) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Recalls recalls;

    /** Units that a recall found; filters: {@code foundAs, custodian, statusFound, held, later}; sorts: {@code serial, assetTag, custodian, foundAt}. */
    @RolesAllowed("**")
    public Page<RecalledUnit> list(UUID id, ListQuery query) {
        recalls.get(id);
        return sql.with(c -> UNITS.page(c, query.where("recall", id.toString())));
    }

    @RolesAllowed("**")
    public void export(UUID id, ListQuery query, Consumer<RecalledUnit> rows) {
        recalls.get(id);
        sql.with(c -> {
            UNITS.forEach(c, query.where("recall", id.toString()), rows);
            return true;
        });
    }

    /** Rentals of its units that are not over, as far as the caller may see them. At most 500, the next first. */
    @RolesAllowed("**")
    public List<RecalledBooking> bookings(UUID id) {
        recalls.get(id);
        return sql.list(
                """
                select r.* from rental.rental r join oversight.recall_unit x on x.unit_id = r.unit_id
                where x.recall_id = ? and r.to_at > ? and %s order by r.from_at, r.id limit 500""".formatted(RecallSearch.OPEN_RENTAL),
                rs -> new RecalledBooking(
                        rs.getObject("id", UUID.class),
                        rs.getString("number"),
                        rs.getString("state"),
                        rs.getObject("unit_id", UUID.class),
                        rs.getString("unit_zh"),
                        rs.getString("unit_en"),
                        rs.getObject("lessee_org", UUID.class),
                        rs.getString("lessee_zh"),
                        rs.getString("lessee_en"),
                        rs.getString("owner_zh"),
                        rs.getString("owner_en"),
                        rs.getTimestamp("from_at").toInstant(),
                        rs.getTimestamp("to_at").toInstant()),
                id,
                clock.instant());
    }

    private static RecalledUnit read(ResultSet rs) throws SQLException {
        return new RecalledUnit(
                rs.getObject("unit_id", UUID.class),
                rs.getString("found_as"),
                rs.getTimestamp("found_at").toInstant(),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("serial"),
                rs.getString("lot"),
                rs.getString("asset_tag"),
                rs.getObject("owner_id", UUID.class),
                rs.getString("owner_zh"),
                rs.getString("owner_en"),
                rs.getObject("custodian_id", UUID.class),
                rs.getString("custodian_zh"),
                rs.getString("custodian_en"),
                rs.getString("region_code"),
                rs.getObject("latitude", Double.class),
                rs.getObject("longitude", Double.class),
                rs.getString("status_found"),
                rs.getString("status"),
                rs.getBoolean("held"),
                rs.getObject("act_id", UUID.class),
                rs.getString("act_state"),
                rs.getString("refusal"));
    }
}

package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The parts catalogue and the stations of the caller's service organisation, with stock by station. */
@Stateless
@Secured
public class Parts {

    private static final int MOST = 100_000;

    private static final Listing<StationView> STATIONS = Listing.of(
                    "t.*, coalesce((select sum(k.on_hand) from maintenance.stock k where k.station_id = t.id), 0) as parts",
                    "maintenance.station t",
                    "t.id",
                    rs -> new StationView(
                            rs.getObject("id", UUID.class),
                            rs.getLong("version"),
                            rs.getObject("org_id", UUID.class),
                            rs.getString("name_zh"),
                            rs.getString("name_en"),
                            rs.getString("region_code"),
                            rs.getString("address"),
                            rs.getBoolean("headquarters"),
                            rs.getBoolean("active"),
                            rs.getInt("parts")))
            .sort("nameEn", "t.name_en", "text")
            .sort("nameZh", "t.name_zh", "text")
            .filter("id", "t.id", "uuid")
            .filter("region", "t.region_code", "text")
            .filter("active", "t.active", "boolean")
            .search("(t.name_zh || ' ' || t.name_en || ' ' || t.address) ilike '%' || ? || '%'");

    @Inject
    Database database;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** A station to open. */
    public record OpenStation(String nameZh, String nameEn, String regionCode, String address, boolean headquarters) {}

    /** A part to list. {@code fits} says in words which models it belongs to. */
    public record ListPart(
            String number, String nameZh, String nameEn, String fits, boolean serialised, Amount price) {}

    /** Filters: {@code id, region, active}; sorts: {@code nameEn, nameZh}. */
    @RolesAllowed("**")
    public Page<StationView> stations(ListQuery query) {
        return database.page(STATIONS, query);
    }

    /** @throws NotFound {@code maintenance.station-not-found} */
    @RolesAllowed("**")
    public StationView station(UUID id) {
        List<StationView> found =
                stations(ListQuery.all().where("id", id.toString())).items();
        if (found.isEmpty()) {
            throw new NotFound("maintenance.station-not-found", "No such station");
        }
        return found.get(0);
    }

    @RolesAllowed({Roles.TECHNICIAN, Roles.ORG_ADMIN})
    public StationView open(OpenStation station) {
        RuleViolation refusal =
                new RuleViolation("maintenance.station-invalid", "Some values of the station do not do");
        text(refusal, station.nameZh(), 200, "/nameZh");
        text(refusal, station.nameEn(), 200, "/nameEn");
        if (!station.regionCode().matches("[0-9]{6}")) {
            refusal.at("/regionCode", "six digits (GB/T 2260)");
        }
        if (station.address().length() > 300) {
            refusal.at("/address", "at most 300");
        }
        throwIfAny(refusal);
        UUID id = Ids.next();
        database.run(
                "insert into maintenance.station(id, org_id, name_zh, name_en, region_code, address, headquarters) values (?,?,?,?,?,?,?)",
                id,
                caller.orgId(),
                station.nameZh().strip(),
                station.nameEn().strip(),
                station.regionCode(),
                station.address().strip(),
                station.headquarters());
        audit.write("maintenance.station-opened", id.toString(), Map.of("name", station.nameEn()));
        return station(id);
    }

    /** Filters: {@code id, serialised, low}; sorts: {@code number, nameEn, nameZh, onHand}. */
    @RolesAllowed("**")
    public Page<PartView> list(ListQuery query) {
        Listing<PartView> parts = Listing.of(
                        "p.*, coalesce(k.on_hand, 0) as on_hand, coalesce(k.reserved, 0) as reserved",
                        """
                        maintenance.part p left join (select part_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved,
                          bool_or(on_hand - reserved < minimum) as low from maintenance.stock group by part_id) k on k.part_id = p.id""",
                        "p.id",
                        this::read)
                .sort("number", "p.number", "text")
                .sort("nameEn", "p.name_en", "text")
                .sort("nameZh", "p.name_zh", "text")
                .sort("onHand", "coalesce(k.on_hand, 0)", "int")
                .filter("id", "p.id", "uuid")
                .filter("serialised", "p.serialised", "boolean")
                .filter("low", "coalesce(k.low, false)", "boolean")
                .search("(p.number || ' ' || p.name_zh || ' ' || p.name_en || ' ' || p.fits) ilike '%' || ? || '%'");
        return database.page(parts, query);
    }

    /** @throws NotFound {@code maintenance.part-not-found} */
    @RolesAllowed("**")
    public PartView get(UUID id) {
        List<PartView> found = list(ListQuery.all().where("id", id.toString())).items();
        if (found.isEmpty()) {
            throw new NotFound("maintenance.part-not-found", "No such part");
        }
        return found.get(0);
    }

    @RolesAllowed({Roles.TECHNICIAN, Roles.ORG_ADMIN})
    public PartView add(ListPart part) {
        RuleViolation refusal = new RuleViolation("maintenance.part-invalid", "Some values of the part do not do");
        text(refusal, part.number(), 100, "/number");
        text(refusal, part.nameZh(), 200, "/nameZh");
        text(refusal, part.nameEn(), 200, "/nameEn");
        if (part.fits().length() > 400) {
            refusal.at("/fits", "at most 400");
        }
        throwIfAny(refusal);
        Money price = part.price().toMoney();
        if (price.isNegative()) {
            throw refusal.at("/price", "0 or more");
        }
        UUID id = Ids.next();
        database.run(
                "insert into maintenance.part(id, org_id, number, name_zh, name_en, fits, serialised, price_minor, currency) values (?,?,?,?,?,?,?,?,?)",
                id,
                caller.orgId(),
                part.number().strip(),
                part.nameZh().strip(),
                part.nameEn().strip(),
                part.fits().strip(),
                part.serialised(),
                price.minor(),
                price.currency());
        audit.write("maintenance.part-listed", id.toString(), Map.of("number", part.number()));
        return get(id);
    }

    /**
     * Sets what a station has after counting, and the minimum below which it is short.
     *
     * @throws Conflict {@code maintenance.not-in-stock} when more is reserved than that
     */
    @RolesAllowed({Roles.TECHNICIAN, Roles.ORG_ADMIN})
    public PartView count(UUID partId, UUID stationId, int onHand, int minimum) {
        get(partId);
        station(stationId);
        if (onHand < 0 || onHand > MOST || minimum < 0 || minimum > MOST) {
            throw new RuleViolation("maintenance.bad-quantity", "A quantity is 0 to " + MOST)
                    .at("/onHand", "0 to " + MOST);
        }
        database.run("""
                insert into maintenance.stock(part_id, station_id, on_hand, minimum) values (?,?,?,?)
                on conflict (part_id, station_id) do update set on_hand = excluded.on_hand, minimum = excluded.minimum""", partId, stationId, onHand, minimum);
        audit.write(
                "maintenance.stock-counted",
                partId.toString(),
                Map.of("station", stationId.toString(), "onHand", onHand, "minimum", minimum));
        return get(partId);
    }

    /** Moves parts from one station to another. */
    @RolesAllowed({Roles.TECHNICIAN, Roles.ORG_ADMIN})
    public PartView transfer(UUID partId, UUID from, UUID to, int quantity) {
        get(partId);
        station(from);
        station(to);
        PartStore.checkQuantity(quantity, "/quantity");
        int taken = database.run(
                "update maintenance.stock set on_hand = on_hand - ? where part_id = ? and station_id = ? and on_hand - reserved >= ?",
                quantity,
                partId,
                from,
                quantity);
        if (taken == 0) {
            throw new Conflict("maintenance.not-in-stock", "The station has not that many of this part");
        }
        database.run("""
                insert into maintenance.stock(part_id, station_id, on_hand) values (?,?,?)
                on conflict (part_id, station_id) do update set on_hand = stock.on_hand + excluded.on_hand""", partId, to, quantity);
        audit.write(
                "maintenance.stock-moved",
                partId.toString(),
                Map.of("from", from.toString(), "to", to.toString(), "quantity", quantity));
        return get(partId);
    }

    /** A part that was taken out of a unit; {@code price} is what it is worth, used where the catalogue does not know it yet. */
    public record RecoveredPart(String number, String name, int quantity, String serial, UUID stationId, Money price) {}

    /**
     * Books what was taken out of a unit at its end into the caller's own stock. A number that the catalogue does not know is
     * added to it; each part keeps where it comes from.
     *
     * @param fits in words, the model that the parts come from
     * @throws NotFound {@code maintenance.station-not-found}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SIGNATORY})
    public void recover(UUID unitId, String assetTag, String fits, UUID referenceId, List<RecoveredPart> parts) {
        for (RecoveredPart part : parts) {
            station(part.stationId());
            PartStore.checkQuantity(part.quantity(), "/quantity");
            database.run(
                    """
                    insert into maintenance.part(id, org_id, number, name_zh, name_en, fits, serialised, price_minor, currency)
                    values (?,?,?,?,?,?,?,?,?) on conflict (org_id, number) do nothing""",
                    Ids.next(),
                    caller.orgId(),
                    part.number(),
                    part.name(),
                    part.name(),
                    fits,
                    !part.serial().isEmpty(),
                    part.price().minor(),
                    part.price().currency());
            UUID id = database.one(
                            "select id from maintenance.part where org_id = ? and number = ?",
                            rs -> rs.getObject("id", UUID.class),
                            caller.orgId(),
                            part.number())
                    .orElseThrow();
            database.run("""
                    insert into maintenance.stock(part_id, station_id, on_hand) values (?,?,?)
                    on conflict (part_id, station_id) do update set on_hand = stock.on_hand + excluded.on_hand""", id, part.stationId(), part.quantity());
            database.run(
                    """
                    insert into maintenance.part_origin(id, part_id, station_id, unit_id, asset_tag, reference_id, quantity,
                      serial_number, at) values (?,?,?,?,?,?,?,?,?)""",
                    Ids.next(),
                    id,
                    part.stationId(),
                    unitId,
                    assetTag,
                    referenceId,
                    part.quantity(),
                    part.serial(),
                    clock.instant());
        }
        audit.write(
                "maintenance.parts-recovered",
                referenceId.toString(),
                Map.of("unit", unitId.toString(), "parts", parts.size()));
    }

    private PartView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        return new PartView(
                id,
                rs.getLong("version"),
                rs.getObject("org_id", UUID.class),
                rs.getString("number"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("fits"),
                rs.getBoolean("serialised"),
                Amount.of(Money.ofMinor(rs.getLong("price_minor"), rs.getString("currency"))),
                rs.getInt("on_hand"),
                rs.getInt("reserved"),
                stock(id),
                origins(id));
    }

    private List<PartView.Origin> origins(UUID part) {
        return database.all(
                "select * from maintenance.part_origin where part_id = ? order by at desc, id limit 50",
                rs -> new PartView.Origin(
                        rs.getObject("unit_id", UUID.class),
                        rs.getString("asset_tag"),
                        rs.getInt("quantity"),
                        rs.getString("serial_number"),
                        rs.getTimestamp("at").toInstant()),
                part);
    }

    private List<PartView.Stock> stock(UUID part) {
        return database.all(
                """
                select k.*, t.name_zh, t.name_en from maintenance.stock k join maintenance.station t on t.id = k.station_id
                 where k.part_id = ? order by t.name_en""",
                rs -> new PartView.Stock(
                        rs.getObject("station_id", UUID.class),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getInt("on_hand"),
                        rs.getInt("reserved"),
                        rs.getInt("minimum")),
                part);
    }

    private static void text(RuleViolation refusal, String value, int longest, String pointer) {
        int length = value.strip().length();
        if (length < 1 || length > longest) {
            refusal.at(pointer, "1 to " + longest);
        }
    }

    private static void throwIfAny(RuleViolation refusal) {
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }
}

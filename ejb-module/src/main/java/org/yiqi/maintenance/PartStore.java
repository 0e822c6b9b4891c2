package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;

/** Stock and what orders take from it. The table's own checks keep stock from going below nothing. */
@ApplicationScoped
class PartStore {

    private static final int MOST = 1000;

    @Inject
    Database database;

    @Inject
    Clock clock;

    void reserve(WorkOrder order, UUID partId, UUID stationId, int quantity) {
        if (order.state().isEnded()) {
            throw new Conflict("maintenance.wrong-state", "The order has ended");
        }
        checkQuantity(quantity, "/quantity");
        Row part = part(partId);
        take(
                partId,
                stationId,
                quantity,
                "update maintenance.stock set reserved = reserved + ? where part_id = ? and station_id = ? and on_hand - reserved >= ?");
        use(order, part, stationId, quantity, "", "", "RESERVED");
    }

    /**
     * Books what was fitted: reserved parts first, then stock, then what was bought elsewhere. What stayed over goes back.
     *
     * @return what all parts fitted so far cost
     */
    Money fit(WorkOrder order, List<FittedPart> fitted, String currency) {
        giveBackReserved(order);
        for (int i = 0; i < fitted.size(); i++) {
            fitOne(order, fitted.get(i), "/parts/" + i, currency);
        }
        long all = database.one(
                        "select coalesce(sum(quantity * unit_price_minor), 0) from maintenance.part_use where work_order_id = ? and state = 'FITTED'",
                        rs -> rs.getLong(1),
                        order.id())
                .orElse(0L);
        return Money.ofMinor(all, currency);
    }

    private void fitOne(WorkOrder order, FittedPart fitted, String pointer, String currency) {
        checkQuantity(fitted.quantity(), pointer + "/quantity");
        UUID partId = fitted.partId();
        UUID stationId = fitted.stationId();
        if (partId != null && stationId != null) {
            Row part = part(partId);
            if (part.serialised && fitted.serial().isBlank()) {
                throw new RuleViolation("maintenance.serial-missing", "This part has a serial number")
                        .at(pointer + "/serial", "required");
            }
            take(
                    partId,
                    stationId,
                    fitted.quantity(),
                    "update maintenance.stock set on_hand = on_hand - ? where part_id = ? and station_id = ? and on_hand - reserved >= ?");
            use(order, part, stationId, fitted.quantity(), fitted.serial(), fitted.udi(), "FITTED");
            return;
        }
        Amount price = fitted.unitPrice();
        if (fitted.name().isBlank() || price == null) {
            throw new RuleViolation("maintenance.part-incomplete", "A part from elsewhere has a name and a price")
                    .at(pointer + "/name", "required")
                    .at(pointer + "/unitPrice", "required");
        }
        Money unitPrice = price.toMoney();
        if (unitPrice.isNegative()) {
            throw new RuleViolation("maintenance.part-incomplete", "A price is not negative")
                    .at(pointer + "/unitPrice", "0 or more");
        }
        if (!unitPrice.currency().equals(currency)) {
            throw new RuleViolation("shared.money-currency", "One currency per order")
                    .at(pointer + "/unitPrice", currency);
        }
        String name = fitted.name().strip();
        use(
                order,
                new Row(null, "", name, name, false, unitPrice.minor(), currency),
                null,
                fitted.quantity(),
                fitted.serial(),
                fitted.udi(),
                "FITTED");
    }

    private void giveBackReserved(WorkOrder order) {
        database.run("""
                update maintenance.stock s set reserved = s.reserved - u.n
                  from (select part_id, station_id, sum(quantity) as n from maintenance.part_use
                         where work_order_id = ? and state = 'RESERVED' group by part_id, station_id) u
                 where s.part_id = u.part_id and s.station_id = u.station_id""", order.id());
        database.run(
                "update maintenance.part_use set state = 'RETURNED' where work_order_id = ? and state = 'RESERVED'",
                order.id());
    }

    private void take(UUID partId, UUID stationId, int quantity, String sql) {
        if (database.run(sql, quantity, partId, stationId, quantity) == 0) {
            throw new Conflict("maintenance.not-in-stock", "The station has not that many of this part")
                    .with("elsewhere", elsewhere(partId, quantity));
        }
    }

    /** Stations that have enough of it, so that a transfer can be asked for. */
    private List<String> elsewhere(UUID partId, int quantity) {
        return database.all("""
                select t.name_zh || ' / ' || t.name_en || ': ' || (s.on_hand - s.reserved) as text
                  from maintenance.stock s join maintenance.station t on t.id = s.station_id
                 where s.part_id = ? and s.on_hand - s.reserved >= ? and t.active order by s.on_hand desc""", rs -> rs.getString("text"), partId, quantity);
    }

    private void use(
            WorkOrder order,
            Row part,
            @Nullable UUID stationId,
            int quantity,
            String serial,
            String udi,
            String state) {
        database.run(
                """
                insert into maintenance.part_use(id, work_order_id, part_id, station_id, unit_id, number, name_zh, name_en, quantity,
                  serial_number, udi, unit_price_minor, currency, state, at) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                Ids.next(),
                order.id(),
                part.id,
                stationId,
                order.device().unitId(),
                part.number,
                part.nameZh,
                part.nameEn,
                quantity,
                serial.strip(),
                udi.strip(),
                part.priceMinor,
                part.currency,
                state,
                clock.instant());
    }

    private Row part(UUID id) {
        Optional<Row> found = database.one(
                "select * from maintenance.part where id = ?",
                rs -> new Row(
                        id,
                        rs.getString("number"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getBoolean("serialised"),
                        rs.getLong("price_minor"),
                        rs.getString("currency")),
                id);
        return found.orElseThrow(() -> new NotFound("maintenance.part-not-found", "No such part"));
    }

    static void checkQuantity(int quantity, String pointer) {
        if (quantity < 1 || quantity > MOST) {
            throw new RuleViolation("maintenance.bad-quantity", "A quantity is 1 to " + MOST)
                    .at(pointer, "1 to " + MOST);
        }
    }

    private record Row(
            @Nullable UUID id,
            String number,
            String nameZh,
            String nameEn,
            boolean serialised,
            long priceMinor,
            String currency) {}
}
